package kmemsh.machine;

import static org.assertj.core.api.Assertions.assertThat;

import kmemsh.mm.vmalloc.Walk;
import kmemsh.view.Gfp;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What kmap and its kin map is in the page tables, whoever asked first. */
class WindowEntriesTest {
  private Machine machine;
  private int pfn;

  private void boot(String lines) {
    machine =
        new Machine(Profiles.make(new MachineOptions("m.txt", "arch i386\n" + lines, 0, 0, 0, "")));
    pfn = machine.allocPages(Gfp.GFP_HIGHUSER, 0);
  }

  private String entry(long virt) {
    Walk walk = machine.space().walk(virt);
    return Long.toHexString(walk.entry[walk.nrLevels - 1]);
  }

  @ParameterizedTest
  @CsvSource({"mem 1280M, true, 163, ''", "mem 1280M, false, 163, ''", "pae, false, 163, 80000000"})
  void aMappedPageHasAnEntryUntilTheFlush(
      String lines, boolean tablesFirst, String flags, String nx) {
    boot(lines + "\n");
    if (tablesFirst) {
      machine.space();
    }
    long virt = machine.cpus().highmem().kmap(pfn);
    long local = machine.mapLocal(pfn, true);
    String expected = nx + Integer.toHexString(pfn) + flags;

    assertThat(entry(virt)).isEqualTo(expected);
    assertThat(entry(local)).isEqualTo(expected);
    machine.unmapLocal(local, true);
    machine.cpus().highmem().kunmap(pfn);
    assertThat(entry(virt)).as("unmapped, not flushed").isEqualTo(expected);
    assertThat(machine.space().walk(local).present).isFalse();
    machine.cpus().highmem().pkmap().flush();
    assertThat(machine.space().walk(virt).present).isFalse();
    assertThat(machine.verify().violations()).isEmpty();
  }

  @Test
  void entriesComeBackWithTheCheckpoint() {
    boot("mem 1280M\n");
    machine.space();
    long virt = machine.cpus().highmem().kmap(pfn);
    Checkpoint saved = machine.checkpoint();
    machine.cpus().highmem().kunmap(pfn);
    machine.cpus().highmem().pkmap().flush();
    machine.restore(saved);
    assertThat(machine.space().pfnOf(virt)).isEqualTo(pfn);
    assertThat(machine.verify().violations()).isEmpty();
  }

  @Test
  void verifyFindsAnEntryThatIsMissing() {
    boot("mem 1280M\n");
    long virt = machine.cpus().highmem().kmap(pfn);
    machine.space().tables().clear(virt);
    assertThat(machine.verify().violations().get(0).rule()).contains("do not map pkmap slot 1");
  }
}
