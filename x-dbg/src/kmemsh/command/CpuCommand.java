package kmemsh.command;

import kmemsh.machine.Machine;
import kmemsh.op.Op;
import kmemsh.op.SetCpu;
import kmemsh.view.CpuInfo;

/** {@code cpu N}: what follows runs on that CPU. */
final class CpuCommand extends OpCommand {
  private final Machine machine;

  CpuCommand(Lab lab) {
    super(
        new Usage("cpu", CommandTable.MACHINE, "Run what follows on CPU N")
            .required("N", ArgKind.CPU, "a CPU of this machine, from 0"));
    machine = lab.session().machine();
  }

  @Override
  public Op bind(Arguments arguments) {
    return new SetCpu((int) Math.max(-1, Math.min(Integer.MAX_VALUE, arguments.number(0))));
  }

  @Override
  public Reply reply(Op op, long result) {
    int cpu = (int) result;
    return Reply.of(new CpuInfo(cpu, machine.profile().cpuNode()[cpu]));
  }
}
