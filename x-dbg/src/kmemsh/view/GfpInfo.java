package kmemsh.view;

import java.util.List;

/**
 * What a GFP mask asks for, on this machine.
 *
 * @param mask the bits, as hex
 * @param text as the kernel prints it
 * @param bits each bit that is set, lowest first
 * @param zones the zones it may use in the order in which they are tried, with the node where there
 *     are several
 * @param migratetype name of the type whose lists serve it
 * @param maySleep whether the request may sleep
 * @param reserves what it may take below the min watermark
 * @param contradictions what does not fit together, empty when all does
 */
public record GfpInfo(
    String mask,
    String text,
    List<Bit> bits,
    List<String> zones,
    String migratetype,
    boolean maySleep,
    String reserves,
    List<String> contradictions) {

  /**
   * One bit.
   *
   * @param name its kernel name
   * @param value as hex
   * @param means what it asks for, in a few words
   */
  public record Bit(String name, String value, String means) {}
}
