package kmemsh.view;

/**
 * What an address or a frame number means on this machine.
 *
 * @param asked the address or the frame number, as a number
 * @param isPfn whether it was taken as a frame number
 * @param region where an address lies: {@code linear map}, {@code user}, or why it is none
 * @param offset of the address in its page, in bytes
 * @param page its frame, or null when it is none of this machine
 * @param before the neighbour below, or null
 * @param after the neighbour above, or null
 * @param place position on its free or per-CPU list counted from 0, -1 when on none
 */
public record WhatIs(
    Addr asked,
    boolean isPfn,
    String region,
    int offset,
    PageInfo page,
    Frame before,
    Frame after,
    int place) {

  /** The same with another view of its page. */
  public WhatIs of(PageInfo other) {
    return new WhatIs(asked, isPfn, region, offset, other, before, after, place);
  }
}
