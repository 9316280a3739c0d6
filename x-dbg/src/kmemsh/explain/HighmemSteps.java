package kmemsh.explain;

import kmemsh.trace.Fact;
import kmemsh.trace.HighmemStep;

/** Tells what kmap and its kin did, and what was called where it must not. */
final class HighmemSteps {
  private final Paper paper;

  HighmemSteps(Paper paper) {
    this.paper = paper;
  }

  void tell(Fact fact) {
    String page = "pfn " + Words.pfn(fact.get(1));
    int slot = fact.at(2);
    long value = fact.get(3);
    switch (fact.at(0)) {
      case HighmemStep.KMAP_KNOWN ->
          paper.line(
              0,
              "kmap_high: page_address finds "
                  + page
                  + " in slot "
                  + slot
                  + ", count "
                  + value
                  + " -> "
                  + (value + 1));
      case HighmemStep.KMAP_NEW -> {
        paper.line(0, "map_new_virtual: the search stops at slot " + slot + ", which is free");
        paper.line(1, "set_pte: " + entry(fact.get(1)) + "; " + page + " has an address now");
        paper.line(1, "kmap_high: count 1 -> 2, one user");
      }
      case HighmemStep.FLUSH -> flush(slot, value);
      case HighmemStep.KUNMAP ->
          paper.line(
              0,
              "kunmap_high: slot "
                  + slot
                  + ", count "
                  + (value + 1)
                  + " -> "
                  + value
                  + (value == 1 ? ": no user, but mapped until the next flush" : ""));
      case HighmemStep.LOCAL_MAP -> {
        paper.line(0, "kmap_local_idx_push: level " + value + " of this CPU, fixmap slot " + slot);
        paper.line(1, "set_pte: " + entry(fact.get(1)));
      }
      case HighmemStep.LOCAL_UNMAP ->
          paper.line(
              0,
              "kunmap_local_indexed: level "
                  + value
                  + " is the newest; fixmap slot "
                  + slot
                  + " is cleared");
      case HighmemStep.LOWMEM -> paper.line(0, page + " is in the linear map: no slot is needed");
      case HighmemStep.PREEMPT ->
          paper.line(0, "preempt_count: " + value + " of it by kmap_atomic now");
      default ->
          paper.line(
              0,
              "__might_sleep: not here (preempt_count "
                  + Long.toHexString(value)
                  + "): the report is in dmesg");
    }
  }

  private static String entry(long pfn) {
    return "0x" + Long.toHexString(pfn << 12 | 0x163) + " (PAGE_KERNEL)";
  }

  private void flush(int slot, long nr) {
    paper.line(
        0,
        (slot == 0 ? "flush_all_zero_pkmaps: the search wrapped; " : "flush_all_zero_pkmaps: ")
            + (nr == 0
                ? "every slot has a user"
                : Words.things(nr, "slot") + " without a user freed")
            + (nr == 0 ? "" : ", TLB flushed"));
  }
}
