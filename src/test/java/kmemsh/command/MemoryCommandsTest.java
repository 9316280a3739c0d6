package kmemsh.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import kmemsh.lang.Values;
import kmemsh.machine.BootOptions;
import kmemsh.machine.MachineOptions;
import kmemsh.machine.Profiles;
import kmemsh.render.Renderers;
import kmemsh.session.Session;
import kmemsh.text.Text;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** rd, wr, fill and write as they are typed. */
class MemoryCommandsTest {
  private Session session =
      new Session(Profiles.make(new MachineOptions("i386", "", 64L << 20, 0, 0, "")));
  private Interpreter interpreter = interpreter();

  private Interpreter interpreter() {
    Lab lab = new Lab(session, new Values(), new ProcTree(session), null);
    return new Interpreter(lab, new CommandTable(lab));
  }

  private void use(String machine, String slab, String debug, boolean unsafe) {
    session =
        new Session(
            Profiles.make(
                new MachineOptions(machine, "", 64L << 20, 0, 0, slab)
                    .with(BootOptions.NONE.withSlubDebug(debug).withUnsafe(unsafe))));
    interpreter = interpreter();
  }

  /** The text of all replies; a refusal is its sentence. */
  private String run(String line) {
    List<String> out = new ArrayList<>();
    interpreter.begin(line);
    for (Reply reply = interpreter.next(); reply != null; reply = interpreter.next()) {
      Text text = new Text();
      if (!reply.ok()) {
        text.add(reply.refusal().what());
      } else if (reply.record() != null) {
        Renderers.render(reply.record(), text, 80);
      }
      out.add(text.plain().stripTrailing());
    }
    return String.join("\n", out);
  }

  @Test
  void whatIsWrittenIsReadInEveryWidth() {
    run("p = kmalloc 32; write $p 'abcdefgh'; wr $p+8 0x01020304");
    String at = run("rd $p").substring(0, 8);

    assertThat(run("rd $p 3"))
        .isEqualTo(at + ":  64636261 68676665 01020304            abcdefgh....");
    assertThat(run("rd -64 $p 2"))
        .isEqualTo(at + ":  6867666564636261 0000000001020304   abcdefgh........");
    assertThat(run("rd -16 $p 2")).startsWith(at + ":  6261 6463 ").endsWith("   abcd");
    assertThat(run("rd -8 $p+8 4")).contains("04 03 02 01").endsWith("   ....");
    assertThat(run("rd -8 -16 $p")).isEqualTo("-8 and -16 exclude each other");
  }

  /** The history runs again with contents: links are there as if they had been from the start. */
  @Test
  void freePointersWrittenBeforeAnybodyLookedAreThere() {
    use("x86_64", "slub", "", false);
    run("a = kmalloc 64; b = kmalloc 64; kfree $b; kfree $a");
    String b = run("whatis $b").replaceAll("(?s).*(0x[0-9a-f]{16}).*", "$1");
    assertThat(run("rd -64 $a+32")).contains(b.substring(2));
  }

  @Test
  void undoRedoAndASavedSessionCarryContents(@TempDir Path dir) {
    run("p = kmalloc 32; write $p one; write $p two");
    assertThat(run("rd -8 $p 3")).endsWith("two");
    run("undo");
    assertThat(run("rd -8 $p 3")).endsWith("one");
    run("redo");
    assertThat(run("rd -8 $p 3")).endsWith("two");

    run("save " + dir.resolve("s.kmsh"));
    run("reset");
    run("load " + dir.resolve("s.kmsh"));
    assertThat(run("rd -8 $p 3")).endsWith("two");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "wr 0xc1401002 1", // unaligned
        "wr -8 $p 256",
        "wr $p 0x100000000",
        "fill $p 0 1",
        "fill $p 8 256",
        "fill 0xfffffff0 0x20 1", // wraps round
        "rd 0x123456789",
        "rd $p 0",
        "rd $p 100000000",
        "write $p ''",
        "fill 0xc1000000 4 1", // the kernel's own
        "wr 0xc0000000 1",
      })
  void nonsenseIsRefusedAndNothingChanges(String line) {
    run("p = kmalloc 32; fill $p 32 7");
    final String before = run("rd $p 8");
    final int now = session.now();
    assertThat(run("! " + line)).isNotEmpty();
    assertThat(session.now()).isEqualTo(now);
    assertThat(run("rd $p 8")).isEqualTo(before);
  }

  @Test
  void anUnmappedAddressMakesTheKernelOops() {
    assertThat(run("rd 0xfe000000")).isEqualTo("nothing is mapped at 0xfe000000");
    assertThat(run("dmesg"))
        .endsWith(
            """
            BUG: unable to handle page fault for address: fe000000
            #PF: supervisor read access in kernel mode
            #PF: error_code(0x0000) - not-present page\
            """);
    run("wr 8 1");
    assertThat(run("dmesg"))
        .endsWith(
            """
            BUG: kernel NULL pointer dereference, address: 00000008
            #PF: supervisor write access in kernel mode
            #PF: error_code(0x0002) - not-present page\
            """);
    use("x86_64", "slub", "", false);
    assertThat(run("rd 0x1234567800000000")).contains("no canonical address");
    run("rd 0xffffc90000000000");
    assertThat(run("dmesg")).contains("page fault for address: ffffc90000000000\n");
  }

  /** Where the allocator keeps its links nobody else writes. */
  @ParameterizedTest
  @CsvSource({
    "slab, 0xfff", // the last byte of the page is the last index entry
    "slub, 32", // the free pointer in the middle of 64 bytes
    "slob, -8", // length and link where the header was
  })
  void linksOfFreeObjectsAreNotOverwritten(String slab, String where) {
    use("i386", slab, "", false);
    run("kmem_cache_create forty 40; p = kmem_cache_alloc forty");
    run("a = kmalloc 40; q = kmalloc 40; r = kmalloc 40; kfree $q");
    boolean atEnd = slab.equals("slab");
    long page = Long.decode(run("echo $p.addr")) & -4096;
    String link = atEnd ? (page + Long.decode(where)) + "" : "$q+" + where;
    assertThat(run("wr -8 " + link.replace("+-", "-") + " 9")).contains("of a free object");
    assertThat(run("wr $a 1")).startsWith("wrote");
    assertThat(run("verify")).startsWith("ok:");
  }

  /** The same object twice: its link leads back to itself, in memory as well. */
  @Test
  void unsafeLetsADoubleFreeThroughAndVerifyNamesIt() {
    use("x86_64", "slub", "", true);
    run("p = kmalloc 64; q = kmalloc 64; kfree $p");
    assertThat(run("kfree $p")).startsWith("freed");
    String first = run("a = kmalloc 64");
    assertThat(run("b = kmalloc 64")).isEqualTo(first);
    assertThat(run("rd -64 $p+32")).contains(run("echo $p.addr").substring(2));
    assertThat(run("verify")).contains("stands twice on the freelist");
    assertThat(run("kmem_cache_shrink kmalloc-64")).contains("is a cycle");
    run("undo 3");
    assertThat(run("verify")).startsWith("ok:");
    assertThat(run("kfree $q+8")).contains("is byte 8 of the object");
  }

  @Test
  void aBulkFreeThatTheKernelRefusesSaysSo() {
    use("x86_64", "slub", "FZPU", false);
    run("kmem_cache_create c 100; l = repeat 5 kmem_cache_alloc c; wr -8 $l[2]+100 0x41");
    assertThat(run("kmem_cache_free_bulk c $l"))
        .isEqualTo("the kernel reports a bug and does not free 5 of 5 objects");
    assertThat(run("kmem_cache_free_bulk c $l")).startsWith("freed 5 objects");
  }

  /** Another slab's double free: the freelist of a slab that no CPU has. */
  @Test
  void unsafeDoubleFreesInSlabsOfNobodyCountDownTwice() {
    use("i386", "slub", "", true);
    run("r = repeat 130 kmalloc 64; kfree $r[80]; kfree $r[80]; kfree $r[81]");
    assertThat(run("verify")).contains("kmalloc-64");
    run("s = repeat 70 kmalloc 64");
    assertThat(run("undo 4; verify")).contains("ok:");
  }

  @Test
  void unsafeFollowsAFreePointerToAnotherObjectAndNowhereElse() {
    use("i386", "slub", "", true);
    run("p = kmalloc 64; q = kmalloc 64; r = kmalloc 64; kfree $p");
    assertThat(run("wr $p+32 0x41414141")).contains("would lead to no object of its slab");
    assertThat(run("wr $p+32 $r")).startsWith("wrote");
    run("a = kmalloc 64; b = kmalloc 64");
    assertThat(run("echo $b.addr")).isEqualTo(run("echo $r.addr"));
  }
}
