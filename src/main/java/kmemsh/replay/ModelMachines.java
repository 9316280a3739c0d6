package kmemsh.replay;

import kmemsh.capture.BadRecording;
import kmemsh.capture.BootSection;
import kmemsh.capture.RecordedMachine;
import kmemsh.machine.Machine;
import kmemsh.machine.Profile;

/** Makes kmemsh's own machines. */
final class ModelMachines implements Machines {
  private final String file;

  /** {@code file} is for messages. */
  ModelMachines(String file) {
    this.file = file;
  }

  @Override
  public PageMachine forRecording(RecordedMachine recorded, BootSection boot) throws BadRecording {
    Profile profile = new RecordedProfile(file, recorded).profile(boot);
    return new ModelMachine(Machine.empty(profile));
  }
}
