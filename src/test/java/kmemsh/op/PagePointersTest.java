package kmemsh.op;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import kmemsh.machine.Machine;
import kmemsh.machine.MachineOptions;
import kmemsh.machine.Profile;
import kmemsh.machine.Profiles;
import kmemsh.machine.SpaceQueries;
import kmemsh.view.AreaInfo;
import kmemsh.view.Gfp;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The arrays of pointers to struct pages that vmalloc keeps are in memory. */
class PagePointersTest {
  private static Machine vivid(String name) {
    Profile profile = Profiles.make(new MachineOptions(name, "", 1280 << 20, 1, 1, "slub"));
    Machine machine = new Machine(profile);
    machine.setVivid(true);
    machine.boot(profile);
    return machine;
  }

  private static long vmalloc(Machine machine, long bytes) {
    return new VmallocArea(bytes, 1, Gfp.GFP_KERNEL, 0).run(machine);
  }

  /** The memory map of the recorded machine is at 0x368f9000, 32 bytes a page. */
  @Test
  void anArrayFromKmallocPointsToTheStructPageOfEachPage() {
    Machine machine = vivid("i386");
    AreaInfo area = new SpaceQueries(machine).area(vmalloc(machine, 3 * 4096));
    for (int i = 0; i < 3; i++) {
      long pointer = machine.read(area.array().value() + 4L * i, 4);
      assertThat(pointer).isEqualTo(0xf68f9000L + 32L * area.pages().get(i).pfn());
    }
  }

  @ParameterizedTest
  @CsvSource({"i386, 4, 32, f68f9000", "x86_64, 8, 64, ffffea0000000000"})
  void anArrayThatIsAnAreaOfItsOwnDoesToo(String name, int word, int size, String map) {
    Machine machine = vivid(name);
    AreaInfo area = new SpaceQueries(machine).area(vmalloc(machine, 5 << 20));
    long array = area.array().value();
    for (int i = 0; i < 1280; i++) {
      long expected = Long.parseUnsignedLong(map, 16) + (long) size * area.pages().get(i).pfn();
      assertThat(machine.read(array + (long) word * i, word)).isEqualTo(expected);
    }
    assertThat(machine.read(array + word * 1280L, word)).isZero();
    assertThat(new SpaceQueries(machine).place(array + 64))
        .endsWith("pointers to pages of another");
    WriteMemory write = new WriteMemory(array + 64, new byte[] {1});
    assertThatThrownBy(() -> write.check(machine)).hasMessageContaining("page pointers");
  }

  /**
   * kfree clears nothing but the free pointer: the next owner of the object reads the pointers of
   * the last one.
   */
  @Test
  void pointersStayBehindWhenTheArrayIsFreed() {
    Machine machine = vivid("x86_64");
    long virt = vmalloc(machine, 2 * 4096);
    AreaInfo area = new SpaceQueries(machine).area(virt);
    long array = area.array().value();
    long before = machine.read(array, 8);
    new FreeArea(virt, FreeArea.VFREE).run(machine);
    assertThat(machine.read(array, 8)).isEqualTo(before).isNotZero();
  }
}
