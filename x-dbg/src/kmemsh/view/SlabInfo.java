package kmemsh.view;

/**
 * One slab of a cache.
 *
 * @param nr its number in the order of {@code cache NAME}, from 0 on
 * @param list where it is: slabs_full, slabs_partial, slabs_free; cpu slab, cpu partial, partial,
 *     full
 * @param owner the CPU or the node of that list
 * @param pfn first page
 * @param virt its address
 * @param order of the page block
 * @param offset of object 0 in bytes: the colour of SLAB, the left red zone of SLUB
 * @param objects it has
 * @param used objects in the hands of users
 * @param waiting free objects in arrays or on the CPU's own freelist
 * @param free objects on the slab's own freelist
 * @param states a letter for each object: {@code U} used, {@code a} waiting, {@code .} free
 */
public record SlabInfo(
    int nr,
    String list,
    int owner,
    int pfn,
    Addr virt,
    int order,
    int offset,
    int objects,
    int used,
    int waiting,
    int free,
    String states) {
  public static final char USED = 'U';
  public static final char WAITING = 'a';
  public static final char FREE = '.';
}
