package kmemsh.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import kmemsh.lang.Words;
import kmemsh.learn.BadLesson;
import kmemsh.learn.Lesson;
import kmemsh.learn.LessonCheck;
import kmemsh.op.Refused;
import kmemsh.session.SessionFile;
import kmemsh.view.LearnNote;
import kmemsh.view.LessonChecked;

/** {@code lesson FILE}, {@code lesson new FILE}, {@code lesson check FILE}. */
final class LessonCommand extends Command {
  private static final String TEMPLATE =
      """
      # A lesson for kmemsh: lesson FILE takes it, lesson check FILE proves that it works.
      # Blocks with an empty line between them; a line that begins with no field goes on.
      # The head: title, the machine as reboot takes it, setup lines that run before.
      title: The first page
      machine: --machine i386 --mem 64M

      # A step: check holds conditions as assert takes them. Instead of check a step may have
      # answer: an expression whose value the learner types.
      goal: Take a page from zone DMA.
      hint: The mask stands behind the name: alloc_page GFP_DMA
      check: $_.zone == DMA
      solution: alloc_page GFP_DMA
      why: GFP_DMA limits a request to the first 16 MiB.
      """;

  LessonCommand() {
    super(
        new Usage("lesson", CommandTable.LEARNING, "Take a lesson, write one, or check one")
            .flag(LookCommand.PLAIN, LookCommand.PLAIN_HELP)
            .required("FILE", ArgKind.FILE, "a lesson; or the word new or check")
            .optional("OF", ArgKind.FILE, "", "the lesson to be written or checked"));
  }

  @Override
  public Reply run(Arguments arguments) {
    String word = arguments.word(0);
    if (!arguments.has(1)) {
      return Reply.dialogue(LessonDialogue.of(read(word), new PracticeBench(arguments)));
    }
    String file = arguments.word(1);
    return switch (word) {
      case "new" -> write(file);
      case "check" -> check(file);
      default -> throw new Refused(Words.show(word) + " is neither new nor check");
    };
  }

  private static Reply check(String file) {
    Lesson lesson = read(file);
    LessonChecked checked = LessonCheck.check(new PracticeBench(), lesson);
    return Reply.of(checked).exitStatus(checked.problems().isEmpty() ? 0 : 1);
  }

  private static Lesson read(String file) {
    try {
      return Lesson.parse(Files.readString(Path.of(file)));
    } catch (BadLesson bad) {
      throw new Refused(Words.show(file) + " is no lesson: " + bad.getMessage());
    } catch (IOException failure) {
      throw new Refused(Words.show(file) + " cannot be read: " + SessionFile.reason(failure));
    } catch (InvalidPathException bad) {
      throw new Refused(Words.show(file) + " is no name of a file");
    }
  }

  private static Reply write(String file) {
    try {
      Files.writeString(Path.of(file), TEMPLATE, StandardOpenOption.CREATE_NEW);
      return Reply.of(new LearnNote("", file + " written: change it, then lesson check " + file));
    } catch (java.nio.file.FileAlreadyExistsException there) {
      throw new Refused(Words.show(file) + " is there already: choose another name");
    } catch (IOException failure) {
      throw new Refused(Words.show(file) + " cannot be written: " + SessionFile.reason(failure));
    } catch (InvalidPathException bad) {
      throw new Refused(Words.show(file) + " is no name of a file");
    }
  }
}
