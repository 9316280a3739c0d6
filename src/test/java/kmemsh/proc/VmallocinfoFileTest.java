package kmemsh.proc;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import kmemsh.machine.Machine;
import kmemsh.machine.MachineOptions;
import kmemsh.machine.Profiles;
import kmemsh.op.FreeArea;
import kmemsh.op.Ioremap;
import kmemsh.op.MapPages;
import kmemsh.op.VmallocArea;
import kmemsh.view.Gfp;
import kmemsh.view.SysctlTable;
import org.junit.jupiter.api.Test;

class VmallocinfoFileTest {
  private static final String FILE = "mem 1280M\nno_hash_pointers\n";

  private static Machine machine(String name, int nodes) {
    return new Machine(Profiles.make(new MachineOptions(name, "", 0, 1, nodes, "")));
  }

  private static List<String> lines(Machine machine) {
    String text = ProcFiles.find("/proc/vmallocinfo").text(machine.files());
    return text.lines().map(line -> line.replaceAll(" \\S+\\+0x\\S+ \\[\\w+]", " CALLER")).toList();
  }

  /* The columns of recordings/proc/i386-slab/vmallocinfo.txt. */
  @Test
  void aLineHasTheColumnsOfTheRecordedOnes() {
    Machine machine = machine("i386", 1);
    assertThat(lines(machine)).isEmpty();
    new VmallocArea(632 * 4096, 1, Gfp.GFP_KERNEL, 0).run(machine);
    new VmallocArea(10000, 1, Gfp.GFP_KERNEL, 0).run(machine);
    new Ioremap(0xfebf1234L, 0x1000).run(machine);
    long ram = new MapPages(new int[40], true).run(machine);
    assertThat(ram).isNotZero();
    new FreeArea(0xf7bfe000L, FreeArea.VFREE).run(machine);

    assertThat(lines(machine))
        .containsExactly(
            "0x(ptrval)-0x(ptrval)   16384 CALLER pages=3 vmalloc",
            "0x(ptrval)-0x(ptrval)   12288 CALLER phys=0xfebf1000 ioremap",
            "0x(ptrval)-0x(ptrval)  163840 vm_map_ram",
            "0x(ptrval)-0x(ptrval) 2592768 unpurged vm_area");
  }

  /* Spec: mappings.md 14 */
  @Test
  void kptrRestrictSaysWhatReadersSeeOfAddresses() {
    Machine machine = machine("i386", 1);
    new VmallocArea(10000, 1, Gfp.GFP_KERNEL, 0).run(machine);
    assertThat(lines(machine).get(0)).startsWith("0x(ptrval)-0x(ptrval) ");
    machine.writeSysctl(SysctlTable.KPTR_RESTRICT, new int[] {1});
    assertThat(lines(machine).get(0)).startsWith("0xf7bfe000-0xf7c02000   16384 ");
    machine.writeSysctl(SysctlTable.KPTR_RESTRICT, new int[] {2});
    assertThat(lines(machine).get(0)).startsWith("0x00000000-0x00000000   16384 ");
  }

  /* Spec: mappings.md 14, its last example. */
  @Test
  void withNoHashPointersAddressesAreShown() {
    Machine machine = new Machine(Profiles.make(new MachineOptions("a", FILE, 0, 0, 0, "")));
    new VmallocArea(1, 1, Gfp.GFP_KERNEL, 0).run(machine);
    new VmallocArea(10000, 1, Gfp.GFP_KERNEL, 0).run(machine);
    new FreeArea(0xf7bfe000L, FreeArea.VFREE).run(machine);
    assertThat(lines(machine))
        .containsExactly(
            "0xf7c00000-0xf7c04000   16384 CALLER pages=3 vmalloc",
            "0xf7bfe000-0xf7c00000    8192 unpurged vm_area");
    assertThat(machine.profile().options()).endsWith(" --no_hash_pointers");
  }

  /* The second and third line of recordings/proc/x86_64-slub/vmallocinfo.txt, and N0= with nodes. */
  @Test
  void anArrayOfItsOwnAndTheNodesAreNamed() {
    Machine machine = machine("x86_64", 2);
    new VmallocArea(1563 * 4096, 1, Gfp.GFP_KERNEL, 0).run(machine);

    String hidden = "0x(____ptrval____)-0x(____ptrval____)";
    assertThat(lines(machine))
        .containsExactly(
            hidden + " 6406144 CALLER pages=1563 vmalloc vpages N0=1563",
            hidden + "   20480 CALLER pages=4 vmalloc N0=4");
  }

  @Test
  void aVmallocThatFindsNoAddressesIsReportedInTheLog() {
    Machine machine = machine("i386", 1);
    new VmallocArea(110 << 20, 1, Gfp.GFP_KERNEL, 0).run(machine);
    assertThat(new VmallocArea(64 << 20, 1, Gfp.GFP_KERNEL, 0).run(machine)).isZero();
    assertThat(new VmallocArea(3L << 30, 1, Gfp.GFP_KERNEL, 0).run(machine)).isZero();

    List<String> log = DmesgText.lines(machine.bootReport(), machine.printk().entries());
    assertThat(log)
        .contains(
            "  mapped low ram: 0 - 373fe000",
            "Initializing HighMem for node 0 (000373fe:0004ffe0)",
            "vmap allocation for size 67112960 failed: use vmalloc=<size> to increase size",
            "kmemsh: vmalloc error: size 67108864, vm_struct allocation failed,"
                + " mode:0xcc0(GFP_KERNEL), nodemask=(null)",
            "kmemsh: vmalloc error: size 3221225472, exceeds total pages,"
                + " mode:0xcc0(GFP_KERNEL), nodemask=(null)");
  }
}
