package kmemsh.mm.slab;

import kmemsh.mm.page.FrameBytes;

/**
 * Memory as an object allocator writes it: by physical address, with pointers as the kernel has
 * them.
 *
 * <p>Spec: slab-allocators.md 2.8, 3.1, 4.1
 */
final class ObjectBytes {
  private final FrameBytes bytes;
  private final long pageOffset;
  private final int wordBytes;

  ObjectBytes(FrameBytes bytes, long pageOffset, int wordBytes) {
    this.bytes = bytes;
    this.pageOffset = pageOffset;
    this.wordBytes = wordBytes;
  }

  int wordBytes() {
    return wordBytes;
  }

  /** The virtual address of {@code phys}; that of NULL is 0. */
  long virtual(long phys) {
    return phys == SlabAllocator.NULL ? 0 : pageOffset + phys;
  }

  /** What {@code pointer} points to in the linear map; no address of memory for any other. */
  long physical(long pointer) {
    return pointer == 0 ? SlabAllocator.NULL : pointer - pageOffset;
  }

  /** The word at {@code phys}, which may lie at any address. */
  long word(long phys) {
    long word = 0;
    for (int i = wordBytes - 1; i >= 0; i--) {
      word = word << 8 | bytes.get8(phys + i);
    }
    return word;
  }

  void setWord(long phys, long value) {
    for (int i = 0; i < wordBytes; i++) {
      bytes.set8(phys + i, (int) (value >>> 8 * i));
    }
  }

  /** Writes the address of {@code target}, or 0 for NULL. */
  void setPointer(long phys, long target) {
    setWord(phys, virtual(target));
  }

  int get8(long phys) {
    return bytes.get8(phys);
  }

  int get16(long phys) {
    return bytes.get16(phys);
  }

  int get32(long phys) {
    return bytes.get32(phys);
  }

  void set8(long phys, int value) {
    bytes.set8(phys, value);
  }

  void set16(long phys, int value) {
    bytes.set16(phys, value);
  }

  void set32(long phys, int value) {
    bytes.set32(phys, value);
  }

  void fill(long phys, long sizeBytes, int value) {
    bytes.fill(phys, sizeBytes, value);
  }

  void copy(long from, long to, long sizeBytes) {
    bytes.copy(from, to, sizeBytes);
  }

  byte[] read(long phys, int sizeBytes) {
    byte[] out = new byte[sizeBytes];
    bytes.read(phys, out, 0, sizeBytes);
    return out;
  }

  /** Writes {@code text} and a zero byte behind it. */
  void setText(long phys, String text) {
    for (int i = 0; i < text.length(); i++) {
      bytes.set8(phys + i, text.charAt(i));
    }
    bytes.set8(phys + text.length(), 0);
  }
}
