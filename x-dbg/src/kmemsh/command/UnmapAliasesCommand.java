package kmemsh.command;

import kmemsh.op.Op;
import kmemsh.op.UnmapAliases;
import kmemsh.view.Purged;

/** {@code vm_unmap_aliases}: makes freed addresses usable again. */
final class UnmapAliasesCommand extends OpCommand {
  UnmapAliasesCommand() {
    super(
        new Usage("vm_unmap_aliases", CommandTable.SPACE, "Purge the addresses freed lazily")
            .prototype("void vm_unmap_aliases(void)"));
  }

  @Override
  public Op bind(Arguments arguments) {
    return new UnmapAliases();
  }

  @Override
  public Reply reply(Op op, long result) {
    return Reply.of(new Purged(result));
  }
}
