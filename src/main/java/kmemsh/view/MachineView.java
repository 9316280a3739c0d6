package kmemsh.view;

/** What may be looked at. */
public interface MachineView {
  /** One past the last frame. */
  int endPfn();

  /** Free blocks of an order. */
  int freeBlocks(int order);
}
