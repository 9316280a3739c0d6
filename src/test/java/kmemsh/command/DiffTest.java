package kmemsh.command;

import static org.assertj.core.api.Assertions.assertThat;

import kmemsh.view.StateDiff;
import org.junit.jupiter.api.Test;

class DiffTest {
  private final TestLab lab = new TestLab();

  private StateDiff diff(String line) {
    return (StateDiff) lab.one(line).record();
  }

  @Test
  void blocksThatCameAndWentAreToldAndNothingElse() {
    lab.one("mark start");
    lab.one("alloc_pages 9");
    StateDiff diff = diff("diff start");

    assertThat(diff.zones()).hasSize(1);
    StateDiff.Zone zone = diff.zones().get(0);
    assertThat(zone.freeBefore() - zone.freeAfter()).isEqualTo(512);
    assertThat(zone.blocks()).isNotEmpty();
    long pages = 0;
    for (StateDiff.Block block : zone.blocks()) {
      pages += (block.came() ? 1L : -1L) << block.order();
    }
    assertThat(pages).isEqualTo(-512);
    assertThat(diff.caches()).isEmpty();
    assertThat(diff.areas()).isEmpty();
  }

  @Test
  void whatIsGivenBackLeavesNoDifferenceInFreeLists() {
    lab.one("mark start");
    lab.one("alloc_pages 9");
    lab.one("free_pages $1 9");

    assertThat(diff("diff start").zones()).isEmpty();
  }

  @Test
  void newCachesTheirSlabsAndAreasAreTold() {
    lab.one("kmem_cache_create crate 1000");
    lab.one("kmem_cache_alloc crate");
    lab.one("vmalloc 10000");
    StateDiff diff = diff("diff");

    assertThat(diff.since()).isEmpty();
    assertThat(diff.caches())
        .anyMatch(cache -> cache.name().equals("crate") && cache.slabsBefore() == -1);
    assertThat(diff.areas()).hasSize(1);
    assertThat(diff.areas().get(0).came()).isTrue();
    lab.one("mark here");
    lab.one("vfree $3");
    assertThat(diff("diff here").areas().get(0).came()).isFalse();
  }

  @Test
  void aMomentThatLiesAheadOrDoesNotExistIsRefused() {
    lab.one("alloc_pages 0");
    lab.one("mark later");
    lab.one("undo");

    assertThat(lab.one("diff later").refusal().what()).contains("ahead");
    assertThat(lab.one("diff never").refusal().what()).contains("never is no mark");
  }
}
