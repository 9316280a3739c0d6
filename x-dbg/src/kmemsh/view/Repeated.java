package kmemsh.view;

/**
 * What a command gave that ran several times in one operation.
 *
 * @param command its name
 * @param times how many results there are: one a round, or as many as each round gives
 * @param nrNull how many of the results are NULL
 * @param first what the first gave, as a record; null when there is nothing to show
 * @param last what the last gave
 */
public record Repeated(String command, long times, long nrNull, Object first, Object last) {}
