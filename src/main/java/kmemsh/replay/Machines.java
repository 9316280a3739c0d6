package kmemsh.replay;

import kmemsh.capture.BadRecording;
import kmemsh.capture.BootSection;
import kmemsh.capture.RecordedMachine;

/** Makes the machines that recordings are replayed on. */
interface Machines {
  /** A machine like the recorded one; {@code boot} is null when the recording has no BOOT. */
  PageMachine forRecording(RecordedMachine machine, BootSection boot) throws BadRecording;
}
