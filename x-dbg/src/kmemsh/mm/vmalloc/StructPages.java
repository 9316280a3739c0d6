package kmemsh.mm.vmalloc;

/**
 * Where the struct page of each frame is.
 *
 * <p>Spec: mappings.md 3
 *
 * @param start virtual address of that of frame 0
 * @param sizeBytes of one
 */
public record StructPages(long start, int sizeBytes) {
  public long address(int pfn) {
    return start + (long) pfn * sizeBytes;
  }
}
