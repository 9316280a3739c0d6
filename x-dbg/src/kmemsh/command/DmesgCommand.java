package kmemsh.command;

import kmemsh.machine.Machine;
import kmemsh.proc.DmesgText;
import kmemsh.view.KernelMessages;

/** {@code dmesg}: what the kernel said since boot. */
final class DmesgCommand extends Command {
  DmesgCommand() {
    super(new Usage("dmesg", CommandTable.LOOKING, "Print the kernel's messages since boot"));
  }

  @Override
  public Reply run(Arguments arguments) {
    Machine machine = arguments.session().machine();
    return Reply.of(
        new KernelMessages(
            DmesgText.lines(
                machine.bootReport(), machine.printk().entries(), machine.printk().taintBefore())));
  }
}
