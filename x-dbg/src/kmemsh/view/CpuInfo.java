package kmemsh.view;

/**
 * The CPU on which commands run.
 *
 * @param nid its node
 */
public record CpuInfo(int cpu, int nid) {}
