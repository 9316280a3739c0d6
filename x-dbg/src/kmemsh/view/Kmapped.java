package kmemsh.view;

/**
 * An address that a page was given, or that was undone.
 *
 * @param call the kernel function: kmap, kunmap, kmap_local_page, ...
 * @param virt the address; null when the page keeps none
 * @param pfn the page, -1 for an address of the linear map that was undone
 * @param zone kernel name of its zone
 * @param window {@code pkmap}, {@code fixmap} or, for a lowmem page, {@code linear map}
 * @param slot of the pkmap window, or of the fixmap; -1 in the linear map
 * @param users how many times kmap gave it and kunmap did not take it back; 0 elsewhere
 * @param cpu whose fixmap slot, else -1
 * @param level of that CPU's stack, else -1
 * @param preemptCount the CPU's count after it when it changed, else -1
 */
public record Kmapped(
    String call,
    Addr virt,
    int pfn,
    String zone,
    String window,
    int slot,
    int users,
    int cpu,
    int level,
    int preemptCount) {}
