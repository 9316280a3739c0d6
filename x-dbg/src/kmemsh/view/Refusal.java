package kmemsh.view;

/**
 * Why a line was refused. Nothing changed.
 *
 * @param what the offending value first, then what would be right; no full stop at the end
 * @param kernelWould what a real kernel would have done, or empty; no full stop at the end
 * @param suggestion the command that was probably meant, or empty
 */
public record Refusal(String what, String kernelWould, String suggestion) {}
