package kmemsh.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.ByteArrayInputStream;
import kmemsh.capture.BadRecording;
import kmemsh.capture.RecordingReader;
import kmemsh.capture.SectionHead;

/** Any bytes are a recording or are refused with a sentence; nothing else is thrown. */
class RecordingFuzzTest {
  @FuzzTest
  void anyBytesAreReadOrRefused(byte[] input) {
    try (RecordingReader reader =
        RecordingReader.open("fuzz.rec", new ByteArrayInputStream(input))) {
      SectionHead head = reader.nextSection();
      while (head != null) {
        read(reader, head);
        head = reader.nextSection();
      }
    } catch (BadRecording refused) {
      if (refused.getMessage() == null || !refused.getMessage().startsWith("fuzz.rec")) {
        throw new AssertionError("a refusal that does not name the file", refused);
      }
    }
  }

  private static void read(RecordingReader reader, SectionHead head) throws BadRecording {
    if (head.kind().equals("BOOT")) {
      reader.readBoot();
    } else if (head.kind().equals("STATE")) {
      reader.readState();
    } else {
      reader.skipSection();
    }
  }
}
