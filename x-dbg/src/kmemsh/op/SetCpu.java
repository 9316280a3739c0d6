package kmemsh.op;

import kmemsh.machine.Machine;

/** Runs what follows on {@code cpu}; gives it. */
public record SetCpu(int cpu) implements Op {
  @Override
  public void check(Machine machine) {
    int nrCpus = machine.profile().nrCpus();
    if (cpu < 0 || cpu >= nrCpus) {
      throw new Refused(
          "cpu " + cpu + " is not one of 0.." + (nrCpus - 1) + "; reboot --cpus N gives more");
    }
  }

  @Override
  public long run(Machine machine) {
    machine.setCpu(cpu);
    return cpu;
  }
}
