package kmemsh.view;

/** One line a user asked to be printed, without its newline. */
public record Echo(String text) {}
