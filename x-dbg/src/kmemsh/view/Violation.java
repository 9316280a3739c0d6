package kmemsh.view;

/**
 * A rule the page allocator's state breaks.
 *
 * @param rule what should hold, in a few words
 * @param zone the zone's name, with its node on a machine of several
 * @param where a pfn, a CPU or an order, as the rule says; -1 when the whole zone is meant
 * @param found what is there
 * @param expected what should be there
 */
public record Violation(String rule, String zone, long where, long found, long expected) {}
