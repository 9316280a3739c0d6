package kmemsh.replay;

import kmemsh.capture.RecordedCheckpoint;
import kmemsh.capture.RecordedMachine;
import kmemsh.machine.Compactor;
import kmemsh.machine.Slabs;
import kmemsh.view.PageState;

/**
 * What a replay needs of a machine: the calls that PAGE sections record, and what their checkpoints
 * show. A pfn of -1 is NULL.
 */
interface PageMachine {
  PageState pageState();

  /** Goes to the state right after memblock has handed its memory over. */
  void handOver();

  /** Takes over {@code state}, which {@link StateCheck} has found sound. */
  void load(PageState state);

  /** The CPU that performs what follows; 0 after {@link #load}. */
  void setCpu(int cpu);

  /** Puts the task of {@code cpu} under the interleave policy, or back with {@code lastNid} -1. */
  void setInterleave(int cpu, int lastNid);

  /**
   * The object allocator of the recorded machine, without any cache, or null when it is not
   * modelled. {@link #attach} connects it again after each {@link #load}.
   */
  Slabs slabs(RecordedMachine recorded);

  void attach(Slabs slabs);

  /** Compaction on the pages as they are since the last {@link #load}. */
  Compactor compactor();

  int allocPages(int gfpMask, int order);

  void freePages(int pfn, int order);

  int allocPagesExact(long bytes, int gfpMask);

  void freePagesExact(int pfn, long bytes);

  void splitPage(int pfn, int order);

  /** Fills {@code out} from its start and gives how many pages there are. */
  int allocPagesBulk(int gfpMask, int wanted, int[] out);

  void freeUnrefPageList(int[] pfns, int nr);

  /** A counter of a zone; {@code field} is one of {@link RecordedCheckpoint}'s Z constants. */
  long zoneCounter(int zone, int field);

  /** A counter or the hash of a page set; {@code field} is one of the P constants. */
  long pcpCounter(int zone, int cpu, int field);

  int freeListCount(int zone, int order, int migratetype);

  long freeListHash(int zone, int order, int migratetype);
}
