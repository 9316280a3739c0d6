package kmemsh.learn;

import java.util.List;
import kmemsh.view.PageBlock;

/** Which call serves a need: each one offered is tried on the machine, and one works. */
final class WhichFamily extends Family {
  private static final int PAGE = 4096;

  WhichFamily() {
    super("which", "kmalloc", "kmalloc, vmalloc, alloc_pages or kmap for this need");
  }

  /** A call that is offered. */
  private record Offer(String word, String line) {}

  @Override
  void make(Draft draft) {
    draft.boot("--machine i386 --mem 1280M");
    switch (draft.pick(0, 4)) {
      case 0 -> large(draft);
      case 1 -> interrupt(draft);
      case 2 -> highmem(draft);
      case 3 -> dma(draft);
      default -> exact(draft);
    }
    draft.hint("What must be contiguous: the pages, or only the addresses? May it sleep here?");
    draft.hint("vmalloc, kmap and GFP_KERNEL may sleep; kmalloc and alloc_pages end at 4 MiB.");
  }

  private static void large(Draft draft) {
    int mib = draft.pick(5, 60);
    draft.prompt(
        "A driver needs a table of "
            + mib
            + " MiB with contiguous addresses, in process context. Which call gives it?");
    decide(
        draft,
        false,
        new Offer("kmalloc", "kmalloc " + mib + "M"),
        new Offer("alloc_pages_exact", "alloc_pages_exact " + mib + "M"),
        new Offer("vmalloc", "vmalloc " + mib + "M"),
        new Offer("alloc_pages", "alloc_pages 10"));
  }

  private static void interrupt(Draft draft) {
    int bytes = draft.pick(20, 4000);
    String where = draft.pickOf("hardirq", "softirq");
    draft.setup("context " + where);
    draft.prompt(
        "In a " + where + " " + bytes + " bytes are needed at once. Which call may be used?");
    decide(
        draft,
        false,
        new Offer("kernel", "kmalloc " + bytes + " GFP_KERNEL"),
        new Offer("atomic", "kmalloc " + bytes + " GFP_ATOMIC"),
        new Offer("vmalloc", "vmalloc " + bytes),
        new Offer("nofs", "kmalloc " + bytes + " GFP_NOFS"));
  }

  private static void highmem(Draft draft) {
    String where = draft.pickOf("hardirq", "softirq", "atomic");
    draft.setup("page = alloc_page GFP_HIGHUSER");
    draft.setup("context " + where);
    draft.prompt(
        "In "
            + where
            + " context a byte of a HighMem page must be read. Which call gives it an address?");
    decide(
        draft,
        false,
        new Offer("page_address", "page_address $page"),
        new Offer("kmap_local_page", "kmap_local_page $page"),
        new Offer("kmap", "kmap $page"),
        new Offer("vmalloc", "vmalloc 4096"));
  }

  private static void dma(Draft draft) {
    int order = draft.pick(2, 8);
    draft.prompt(
        "An old device reaches only the first 16 MiB and needs "
            + (4 << order)
            + " KiB in one piece. Which call gives such memory?");
    decide(
        draft,
        true,
        new Offer("kernel", "alloc_pages " + order + " GFP_KERNEL"),
        new Offer("dma", "alloc_pages " + order + " GFP_KERNEL|GFP_DMA"),
        new Offer("highuser", "alloc_pages " + order + " GFP_HIGHUSER"),
        new Offer("atomic", "alloc_pages " + order + " GFP_ATOMIC"));
  }

  private static void exact(Draft draft) {
    int pages = draft.pickOf(5, 9, 10, 17, 18, 20, 33, 36, 40);
    int kib = 4 * pages;
    int order = 32 - Integer.numberOfLeadingZeros(pages - 1);
    draft.prompt(
        kib
            + " KiB of physically contiguous memory are needed, and no page is to be wasted. Which"
            + " call gives exactly that?");
    Offer[] offers = {
      new Offer("alloc_pages", "alloc_pages " + order),
      new Offer("kmalloc", "kmalloc " + kib + "K"),
      new Offer("alloc_pages_exact", "alloc_pages_exact " + kib + "K"),
    };
    String right = "";
    for (Offer offer : offers) {
      draft.again();
      long before = draft.bench().number("free(Normal) + pcp(Normal)");
      draft.look(offer.line());
      long used = before - draft.bench().number("free(Normal) + pcp(Normal)");
      right = used == (long) kib * 1024 / PAGE ? offer.word() : right;
      offer(draft, offer, "then it would take " + pages + " pages; it takes " + used);
    }
    answer(draft, List.of(offers), right);
  }

  private static void decide(Draft draft, boolean inDma, Offer... offers) {
    String right = "";
    for (Offer offer : offers) {
      draft.again();
      String why = works(draft.bench(), offer.line(), inDma);
      right = why.isEmpty() ? offer.word() : right;
      offer(draft, offer, why);
    }
    answer(draft, List.of(offers), right);
  }

  private static void offer(Draft draft, Offer offer, String means) {
    draft.mayBe(offer.word(), offer.line(), means);
  }

  private static void answer(Draft draft, List<Offer> offers, String right) {
    draft.choice(right);
    for (Offer offer : offers) {
      draft.show(offer.line());
    }
  }

  /** Why a call does not serve the need, or empty when it does. */
  private static String works(Bench bench, String line, boolean inDma) {
    String shown = bench.said(line);
    if (bench.failed()) {
      return "then it would be allowed here; it is refused";
    }
    if (shown.contains("may not")) {
      return "then it would have to be unable to sleep; it may sleep, which is not allowed here";
    }
    if (shown.contains("NULL")) {
      return "then it would give an address; it gives NULL";
    }
    if (line.equals("alloc_pages 10") || line.startsWith("vmalloc 4096")) {
      return "then it would serve the need; it gives other memory than what is asked for";
    }
    if (inDma && !(bench.run(line) instanceof PageBlock block && block.zone().equals("DMA"))) {
      return "then the block would lie below 16 MiB; it does not";
    }
    return "";
  }
}
