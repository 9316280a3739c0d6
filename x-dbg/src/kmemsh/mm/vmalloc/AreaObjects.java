package kmemsh.mm.vmalloc;

/** Where the descriptors of vmap areas, one object each, come from. */
public interface AreaObjects {
  /** Descriptors that cost nothing: for those who only want the addresses. */
  AreaObjects NONE =
      new AreaObjects() {
        @Override
        public long take(int gfpMask) {
          return 1;
        }

        @Override
        public void give(long object) {}
      };

  /** A new descriptor, or 0 when there is no memory. */
  long take(int gfpMask);

  void give(long object);
}
