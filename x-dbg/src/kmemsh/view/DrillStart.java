package kmemsh.view;

/**
 * A drill begins.
 *
 * @param seed from which the same questions come again
 * @param topic what was asked for, or empty
 * @param kept whether the answers are remembered for repetition
 */
public record DrillStart(long seed, int questions, String topic, boolean kept) {}
