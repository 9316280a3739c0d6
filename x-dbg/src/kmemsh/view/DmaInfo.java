package kmemsh.view;

import java.util.List;

/**
 * Whether a buffer could be handed to a DMA engine.
 *
 * @param region of the address space it lies in
 * @param pieces of contiguous physical memory, in order; empty when some of it is not mapped
 * @param nrPieces in all
 * @param problem why it cannot be handed over as it is, or empty
 * @param advice what to do instead, or empty
 * @param isa whether a device of 24 address bits could reach it
 * @param bits32 whether one of 32 bits could
 */
public record DmaInfo(
    Addr virt,
    long sizeBytes,
    String region,
    List<Piece> pieces,
    int nrPieces,
    String problem,
    String advice,
    boolean isa,
    boolean bits32) {
  /** So many bytes from a physical address on. */
  public record Piece(Addr phys, long sizeBytes) {}
}
