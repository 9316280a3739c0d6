package kmemsh.view;

/** The answer to a call that takes something or gives it back: one line, behind a label. */
public interface CallAnswer {}
