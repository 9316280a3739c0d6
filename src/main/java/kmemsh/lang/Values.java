package kmemsh.lang;

/** The kept values. */
public final class Values {}
