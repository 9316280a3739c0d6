package kmemsh.view;

/**
 * What a CPU is doing, and what may be done there.
 *
 * @param cpu the present one
 * @param context process, atomic, irq_off, bh_off, softirq, hardirq or nmi
 * @param inTask {@code in_task()}
 * @param inInterrupt {@code in_interrupt()}
 * @param irqsDisabled {@code irqs_disabled()}
 * @param preemptCount {@code preempt_count()}
 * @param atomicMaps how many of it are kmap_atomic's
 * @param maySleep whether what runs there may sleep
 * @param mask the usual GFP mask there, or empty when no memory can be had
 */
public record ContextInfo(
    int cpu,
    String context,
    boolean inTask,
    boolean inInterrupt,
    boolean irqsDisabled,
    int preemptCount,
    int atomicMaps,
    boolean maySleep,
    String mask) {}
