package kmemsh.replay;

import kmemsh.capture.BadRecording;
import kmemsh.capture.BootSection;
import kmemsh.capture.RecordedMachine;
import kmemsh.view.PageState;

/** Makes the machines that recordings are replayed on. */
interface Machines {
  /** A machine like the recorded one; {@code boot} is null when the recording has no BOOT. */
  PageMachine forRecording(RecordedMachine machine, BootSection boot) throws BadRecording;

  /** The state right after memblock has handed its memory over. */
  PageState boot(RecordedMachine machine, BootSection boot) throws BadRecording;
}
