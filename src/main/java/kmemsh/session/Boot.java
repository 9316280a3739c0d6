package kmemsh.session;

import kmemsh.machine.Machine;

/** The hardware a session starts on, as values only: it can be booted any number of times. */
public interface Boot {
  /** A machine as it is after boot; the same each time. */
  Machine boot();

  /** The options of {@code reboot} that make this hardware, for example {@code --mem 64M}. */
  String options();
}
