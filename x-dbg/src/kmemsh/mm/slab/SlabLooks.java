package kmemsh.mm.slab;

import java.util.List;
import kmemsh.view.CacheInfo;
import kmemsh.view.CachePicture.ObjectArray;

/** What one of the allocators with slabs can be asked. Reads only. */
interface SlabLooks {
  /** The cache's counters. */
  CacheInfo info(KmemCache cache);

  /** SLAB's arrays; empty for SLUB. */
  List<ObjectArray> arrays(KmemCache cache);

  /** Every slab of a cache, list by list, in list order. */
  List<Row> slabs(KmemCache cache);

  /** Bytes of the index that lie behind the objects of each slab. */
  int indexBytes(KmemCache cache);

  /** Where the index of free objects of a slab is, in words. */
  String index(KmemCache cache, Row slab);

  /**
   * A slab as its allocator knows it.
   *
   * @param list name of the list it is on
   * @param owner the CPU or the node of that list
   * @param offset of object 0 in bytes
   * @param freelist objects on the slab's own freelist, next first
   * @param waiting objects that wait elsewhere, next first
   * @param holder who holds those, in words; empty without any
   */
  record Row(
      String list,
      int owner,
      int pfn,
      int order,
      int offset,
      int objects,
      int[] freelist,
      int[] waiting,
      String holder,
      long indexAt) {}
}
