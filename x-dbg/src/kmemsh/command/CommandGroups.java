package kmemsh.command;

import java.util.Arrays;

/**
 * The commands by groups, for help and suggestions. It stands apart from the table so that a script
 * whose words are all known does not load it.
 */
final class CommandGroups {
  /** Rows of a group: its name, its title, its commands in the order in which help lists them. */
  private static final String[][] GROUPS = {
    {
      CommandTable.PAGES,
      "Taking pages and giving them back",
      "alloc_pages",
      "alloc_page",
      "__get_free_pages",
      "__get_free_page",
      "get_zeroed_page",
      "__get_dma_pages",
      "alloc_pages_exact",
      "alloc_pages_bulk",
      "split_page",
      "free_pages",
      "free_page",
      "__free_pages",
      "__free_page",
      "free_pages_exact",
      "page_address",
      "virt_to_page",
      "pfn_to_page",
      "drain_pages"
    },
    {
      CommandTable.OBJECTS,
      "Taking objects and giving them back",
      "kmem_cache_create",
      "kmem_cache_alloc",
      "kmem_cache_zalloc",
      "kmem_cache_free",
      "kmem_cache_alloc_bulk",
      "kmem_cache_free_bulk",
      "kmem_cache_shrink",
      "kmem_cache_destroy",
      "kmem_cache_size",
      "kmalloc",
      "kzalloc",
      "kmalloc_array",
      "kcalloc",
      "krealloc",
      "kfree",
      "ksize",
      "reap"
    },
    {CommandTable.CONTENTS, "Reading and writing memory", "rd", "wr", "fill", "write"},
    {
      CommandTable.SPACE,
      "Addresses",
      "layout",
      "vtop",
      "ptov",
      "pgd",
      "vmalloc",
      "vzalloc",
      "vmalloc_user",
      "vmalloc_32",
      "vfree",
      "vmap",
      "vunmap",
      "vm_map_ram",
      "vm_unmap_ram",
      "vm_unmap_aliases",
      "ioremap",
      "iounmap",
      "kvmalloc",
      "kvzalloc",
      "kvfree",
      "vmalloc_to_page",
      "vmallocinfo",
      "dma",
      "kmap",
      "kunmap",
      "kmap_local_page",
      "kunmap_local",
      "kmap_atomic",
      "kunmap_atomic",
      "pkmap",
      "fixmap"
    },
    {
      CommandTable.LOOKING,
      "Looking",
      "buddyinfo",
      "freelist",
      "pcp",
      "zoneinfo",
      "meminfo",
      "page",
      "memmap",
      "buddy",
      "whatis",
      "frag",
      "slabinfo",
      "cache",
      "slab",
      "slabtop",
      "kmem",
      "kmalloc_caches",
      "cache_chain",
      "slabgeom",
      "leaks",
      "compare",
      "gfp",
      "machine",
      "explain",
      "ls",
      "tree",
      "cat",
      "page-types",
      "trace",
      "dmesg",
      "verify"
    },
    {CommandTable.MACHINE, "The machine", "cpu", "context", "reboot", "replay"},
    {
      CommandTable.SESSION,
      "Going back, keeping",
      "undo",
      "redo",
      "history",
      "mark",
      "marks",
      "goto",
      "until",
      "reverse-until",
      "diff",
      "reset",
      "save",
      "load",
      "export",
      "exit",
      "quit",
      "completion"
    },
    {CommandTable.LEARNING, "Learning", "tour", "myths", "lesson", "drill", "interview"},
    {
      CommandTable.WATCHING,
      "Watching what happens",
      "step",
      "play",
      "watch",
      "dash",
      "plot",
      "render",
      "report",
      "transcript",
      "check"
    },
    {
      CommandTable.LANGUAGE,
      "The language of a line",
      "repeat",
      "for",
      "assert",
      "!",
      "echo",
      "source",
      "help",
      "apropos"
    },
  };

  private static final int GROUP_HEAD = 2;

  private CommandGroups() {}

  static String[] groups() {
    String[] names = new String[GROUPS.length];
    for (int i = 0; i < names.length; i++) {
      names[i] = GROUPS[i][0];
    }
    return names;
  }

  static String title(String group) {
    for (String[] row : GROUPS) {
      if (row[0].equals(group)) {
        return row[1];
      }
    }
    return null;
  }

  static String[] names(String group) {
    for (String[] row : GROUPS) {
      if (row[0].equals(group)) {
        return Arrays.copyOfRange(row, GROUP_HEAD, row.length);
      }
    }
    return new String[0];
  }

  static String[] names() {
    int count = 0;
    for (String[] row : GROUPS) {
      count += row.length - GROUP_HEAD;
    }
    String[] all = new String[count];
    int filled = 0;
    for (String[] row : GROUPS) {
      System.arraycopy(row, GROUP_HEAD, all, filled, row.length - GROUP_HEAD);
      filled += row.length - GROUP_HEAD;
    }
    return all;
  }
}
