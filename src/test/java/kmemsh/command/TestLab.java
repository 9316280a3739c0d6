package kmemsh.command;

import java.util.ArrayList;
import java.util.List;
import kmemsh.lang.Value;
import kmemsh.lang.Values;
import kmemsh.machine.Machine;
import kmemsh.machine.MachineOptions;
import kmemsh.machine.Profiles;
import kmemsh.op.Op;
import kmemsh.op.Refused;
import kmemsh.render.LanguageText;
import kmemsh.session.Session;
import kmemsh.text.Text;
import kmemsh.view.Echo;

/** A small machine with commands enough to try the language on. */
final class TestLab {
  static final long LINEAR_MAP = 0xc0000000L;

  final Session session =
      new Session(new Machine(Profiles.make(new MachineOptions("i386", "", 64L << 20, 0, 0, ""))));
  final Values values = new Values();
  final List<String> written = new ArrayList<>();
  final Lab lab =
      new Lab(
          session,
          values,
          (path, text) -> {
            written.add(path + " <- " + text);
            return Reply.done();
          },
          directory ->
              directory.equals("/proc") ? new String[] {"buddyinfo", "sys/"} : new String[0]);
  final CommandTable table = new CommandTable(lab);
  final Interpreter interpreter = new Interpreter(lab, table);

  TestLab() {
    table.keep("take", new Take());
    table.keep("give", new Give());
    table.keep("where", new Where());
    table.keep("look", new Look());
  }

  /** Runs a line; one text for each reply: its label, its record, or why it was refused. */
  List<String> run(String line) {
    List<String> out = new ArrayList<>();
    interpreter.begin(line);
    for (Reply reply = interpreter.next(); reply != null; reply = interpreter.next()) {
      out.add(show(reply));
    }
    return out;
  }

  /** Runs a line that gives one reply and returns it. */
  Reply one(String line) {
    interpreter.begin(line);
    Reply reply = interpreter.next();
    if (interpreter.next() != null) {
      throw new AssertionError("two replies");
    }
    return reply;
  }

  private static String show(Reply reply) {
    Text text = new Text();
    if (reply.hasLabel()) {
      text.add(reply.label()).add(" = ");
    }
    if (!reply.ok()) {
      text.add(reply.statusName()).add(": ").add(reply.refusal().what());
    } else if (reply.record() != null) {
      LanguageText.render(reply.record(), text, 80);
    }
    return text.plain().stripTrailing();
  }

  long freePages() {
    return lab.facts().zonePages("Normal", "free");
  }

  record TakeOp(int order) implements Op {
    @Override
    public long run(Machine machine) {
      return machine.pages().allocator().allocPages(0xcc0, order);
    }
  }

  record GiveOp(int pfn, int order) implements Op {
    @Override
    public long run(Machine machine) {
      machine.pages().allocator().freePages(pfn, order);
      return 0;
    }
  }

  private static final class Take extends OpCommand {
    Take() {
      super(
          new Usage("take", CommandTable.PAGES, "Take pages")
              .required("ORDER", ArgKind.ORDER, "how many")
              .optional("GFP", ArgKind.GFP, "GFP_KERNEL", "how")
              .option("-c --cpu", "N", ArgKind.CPU, "0", "where"));
    }

    @Override
    public Op bind(Arguments arguments) {
      arguments.gfp(1);
      arguments.option("--cpu", 0, 0, 7);
      return new TakeOp(arguments.order(0));
    }

    @Override
    public Reply reply(Op op, long result) {
      if (result < 0) {
        return Reply.of(new Echo("NULL"), Value.nothing());
      }
      Value page = Value.page((int) result, ((TakeOp) op).order());
      return Reply.of(new Echo("0x" + Long.toHexString(result)), page);
    }
  }

  private static final class Give extends OpCommand {
    Give() {
      super(
          new Usage("give", CommandTable.PAGES, "Give a block back")
              .required("PAGE", ArgKind.PAGE, "its first page", Usage.FREES));
    }

    @Override
    public Op bind(Arguments arguments) {
      Value page = arguments.page(0);
      if (page.origin() != null && page.origin().offset() != 0) {
        throw new Refused(
            "pfn 0x"
                + Long.toHexString(page.number())
                + " is the "
                + page.origin().ordinalPage()
                + " of the block "
                + page.origin().label());
      }
      return new GiveOp((int) page.number(), page.order());
    }

    @Override
    public Reply reply(Op op, long result) {
      return Reply.done();
    }
  }

  private static final class Where extends Command {
    Where() {
      super(
          new Usage("where", CommandTable.LOOKING, "Give the address")
              .optional("PAGE", ArgKind.PAGE, "the last page", "a page"));
    }

    @Override
    public Reply run(Arguments arguments) {
      long address = LINEAR_MAP + (arguments.pageOrLast(0).number() << 12);
      return Reply.of(new Echo("0x" + Long.toHexString(address)), Value.address(address));
    }
  }

  private static final class Look extends Command {
    Look() {
      super(new Usage("look", CommandTable.LOOKING, "Look at nothing"));
    }

    @Override
    public Reply run(Arguments arguments) {
      return Reply.of(new Echo("nothing"));
    }
  }
}
