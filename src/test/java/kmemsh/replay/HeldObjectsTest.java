package kmemsh.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class HeldObjectsTest {
  @Test
  void whatWasAddedIsGivenOnce() {
    HeldObjects held = new HeldObjects();
    held.add(4096, 3);

    assertThat(held.remove(4096)).isEqualTo(3);
    assertThat(held.remove(4096)).isEqualTo(HeldObjects.NOT_HELD);
    assertThat(held.remove(0)).isEqualTo(HeldObjects.NOT_HELD);
  }

  @Test
  void itAgreesWithAHashMapOverRandomSteps() {
    HeldObjects held = new HeldObjects();
    Map<Long, Integer> model = new HashMap<>();
    Random random = new Random(1);
    for (int i = 0; i < 50_000; i++) {
      long address = 8L * (1 + random.nextInt(6000));
      if (random.nextInt(5) < 3) {
        held.add(address, i);
        model.put(address, i);
      } else {
        Integer expected = model.remove(address);
        assertThat(held.remove(address))
            .isEqualTo(expected == null ? HeldObjects.NOT_HELD : expected);
      }
    }
    held.clear();
    assertThat(held.remove(8)).isEqualTo(HeldObjects.NOT_HELD);
  }
}
