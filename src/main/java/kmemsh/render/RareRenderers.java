package kmemsh.render;

import kmemsh.text.Text;
import kmemsh.view.BuddyTree;
import kmemsh.view.CachePicture;
import kmemsh.view.CacheTable;
import kmemsh.view.Echo;
import kmemsh.view.Exported;
import kmemsh.view.FileTexts;
import kmemsh.view.Fragmentation;
import kmemsh.view.FreeListInfo;
import kmemsh.view.GfpInfo;
import kmemsh.view.KernelMessages;
import kmemsh.view.KmallocCaches;
import kmemsh.view.KmemSlabs;
import kmemsh.view.MachineInfo;
import kmemsh.view.MemMap;
import kmemsh.view.PageInfo;
import kmemsh.view.PageTypes;
import kmemsh.view.PcpInfo;
import kmemsh.view.SlabObjects;
import kmemsh.view.WhatIs;
import kmemsh.view.ZoneInfo;

/** The text of the records that short scripts seldom meet. */
final class RareRenderers {
  private RareRenderers() {}

  /** Appends {@code record}. */
  static void render(Object record, Text out, int columns) {
    if (!ObjectText.render(record, out, columns)
        && !picture(record, out, columns)
        && !slab(record, out, columns)
        && !addresses(record, out, columns)
        && !LanguageText.render(record, out, columns)
        && !FilesText.render(record, out, columns)
        && !ProcText.render(record, out)
        && !HighmemText.render(record, out, columns)
        && !LearnText.render(record, out, columns)) {
      throw new IllegalArgumentException(record.getClass().getName());
    }
  }

  /** Whether its lines are as the kernel, a tool of it or the user made them. */
  static boolean isKernelText(Object record) {
    return record instanceof FileTexts
        || record instanceof KernelMessages
        || record instanceof PageTypes
        || record instanceof Echo
        || record instanceof Exported;
  }

  private static boolean addresses(Object record, Text out, int columns) {
    return AreaText.render(record, out, columns) || SpaceText.render(record, out, columns);
  }

  private static boolean picture(Object record, Text out, int columns) {
    if (record instanceof FreeListInfo info) {
      ListText.freeLists(info, out, columns);
    } else if (record instanceof PcpInfo info) {
      ListText.pageSets(info, out, columns);
    } else if (record instanceof ZoneInfo info) {
      ZoneInfoText.render(info, out, columns);
    } else if (record instanceof PageInfo info) {
      PageText.render(info, out, columns);
    } else if (record instanceof MemMap map) {
      MemMapText.render(map, out, columns);
    } else if (record instanceof BuddyTree tree) {
      BuddyTreeText.render(tree, out, columns);
    } else if (record instanceof WhatIs what) {
      WhatIsText.render(what, out, columns);
    } else if (record instanceof Fragmentation info) {
      FragmentationText.render(info, out, columns);
    } else if (record instanceof GfpInfo info) {
      GfpText.render(info, out, columns);
    } else if (record instanceof MachineInfo info) {
      MachineText.render(info, out, columns);
    } else {
      return false;
    }
    return true;
  }

  private static boolean slab(Object record, Text out, int columns) {
    if (record instanceof CacheTable table) {
      CacheTableText.render(table, out, columns);
    } else if (record instanceof KmallocCaches table) {
      CacheTableText.kmalloc(table, out, columns);
    } else if (record instanceof CachePicture picture) {
      CachePictureText.render(picture, out, columns);
    } else if (record instanceof SlabObjects slab) {
      SlabGridText.render(slab, out, columns);
    } else if (record instanceof KmemSlabs kmem) {
      KmemText.render(kmem, out, columns);
    } else {
      return SlabAnswerText.render(record, out, columns);
    }
    return true;
  }
}
