package kmemsh.view;

/**
 * Page sets that were emptied into the buddy lists.
 *
 * @param cpu whose, or -1 for all
 * @param nrPages pages that went back
 */
public record Drained(int cpu, long nrPages) {}
