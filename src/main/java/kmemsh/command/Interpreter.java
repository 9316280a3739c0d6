package kmemsh.command;

import java.io.BufferedReader;
import kmemsh.lang.Expression;
import kmemsh.lang.LineError;
import kmemsh.lang.Value;
import kmemsh.lang.Values;
import kmemsh.lang.Words;
import kmemsh.op.Refused;
import kmemsh.session.Session;
import kmemsh.view.Echo;
import kmemsh.view.Refusal;

/**
 * Runs lines. The caller asks for one reply after the other:
 *
 * <pre>
 *   interpreter.begin(line);
 *   for (Reply reply = interpreter.next(); reply != null; reply = interpreter.next()) {
 *     show(reply);
 *   }
 * </pre>
 *
 * <p>No text makes it throw; only a mistake in kmemsh itself does.
 */
public final class Interpreter {
  /** How deep loops and sourced files can stand inside each other. */
  public static final int MAX_DEPTH = 32;

  private final Session session;
  private final Values values;
  private final CommandTable table;
  private final Expression expression;
  private final Arguments arguments;
  private final Words words = new Words();
  private Frame[] frames;
  private int depth;

  private String text = "";
  private int at;
  private String place = "";

  private boolean negated;

  /** Whether the steps of this command, or of every command, are to be shown. */
  private boolean playing;

  private boolean stepping;

  /** Whether these steps are to be told in words: of this command, of every command. */
  private boolean playingPlain;

  private boolean steppingPlain;

  /** What is to be looked at after each change, or null. */
  private Watch watch;

  /** The command of the line, as far as it was recognized; for replies that refuse. */
  private String commandName = "";

  private String name;
  private long times;
  private int commandStart;

  /** What takes the lines in the place of commands, or null. */
  private Dialogue dialogue;

  /** Whether nothing may take the lines in the place of commands. */
  private boolean single;

  public Interpreter(Lab lab, CommandTable table) {
    this.session = lab.session();
    this.values = lab.values();
    this.table = table;
    this.expression = new Expression(lab.values(), lab);
    this.arguments = new Arguments(lab, expression);
  }

  /** Starts on a line; what was left of the one before is dropped. */
  public void begin(String line) {
    if (depth > 0) {
      abandon();
    }
    text = line;
    at = 0;
    place = "";
    if (dialogue == null) {
      session.typed().add(line);
    } else {
      dialogue.line(line);
      at = line.length();
    }
  }

  /** Refuses drills, tours and the like from now on: these lines belong to one already. */
  void withoutDialogues() {
    single = true;
  }

  /** Says that a person types the lines, who can be asked again. */
  public void typed() {
    arguments.setTyped(true);
  }

  /** Says for what width answers are drawn; 80 columns unless this is called. */
  public void columns(int columns) {
    arguments.setColumns(columns);
  }

  /** Has everything told in words that would be drawn. */
  public void plain() {
    arguments.setAlwaysPlain();
  }

  /** What takes the lines in the place of commands, such as {@code drill}; empty: nothing does. */
  public String dialogue() {
    return dialogue == null ? "" : dialogue.name();
  }

  /** What completes the lines of the moment: {@code own} for commands, null where nothing does. */
  public Completions completions(Completions own) {
    return dialogue == null ? own : dialogue.completions();
  }

  /** Ends a dialogue because there are no more lines for it; {@link #next} tells the outcome. */
  public void endDialogue() {
    if (dialogue != null) {
      dialogue.end();
      text = "";
      at = 0;
    }
  }

  /**
   * Runs the next simple command and tells what came of it.
   *
   * @return null when the line is done
   */
  public Reply next() {
    if (watch != null && watch.isDue(session)) {
      return look();
    }
    while (true) {
      if (dialogue != null) {
        Reply reply = talk();
        if (reply != null) {
          return reply;
        }
      }
      if (at < text.length()) {
        Reply reply = dialogue == null ? step() : feed();
        if (reply != null) {
          return reply;
        }
      } else if (depth == 0) {
        return null;
      } else {
        Reply reply = nextText();
        if (reply != null) {
          return reply;
        }
      }
    }
  }

  /** The dialogue's next answer, or null when it wants another line or is over. */
  private Reply talk() {
    Reply reply = dialogue.next();
    if (reply == null) {
      dialogue = dialogue.over() ? null : dialogue;
      return null;
    }
    if (reply.command().isEmpty()) {
      reply.setCommand(dialogue.name());
    }
    reply.setPlace(place);
    return reply;
  }

  /** Hands what is left of the line to the dialogue, up to the next semicolon. */
  private Reply feed() {
    int semicolon = text.indexOf(';', at);
    int end = semicolon < 0 ? text.length() : semicolon;
    String piece = text.substring(at, end);
    at = semicolon < 0 ? end : semicolon + 1;
    if (depth > 0 || !piece.isBlank()) {
      dialogue.line(piece);
    }
    return null;
  }

  /** Drops what is left of the line, as Ctrl-C does. */
  public void abandon() {
    while (depth > 0) {
      pop();
    }
    text = "";
    at = 0;
  }

  /** Like {@link #incomplete}, but answers to a dialogue are always whole lines. */
  public boolean goesOn(String line) {
    return dialogue == null && incomplete(line);
  }

  /** Whether {@code line} goes on: it ends in a backslash or inside quotes. */
  public static boolean incomplete(String line) {
    return Words.incomplete(line);
  }

  private Reply nextText() {
    Frame frame = frames[depth - 1];
    if (Thread.interrupted()) {
      Reply stopped =
          Reply.assertFailed(new Refusal("stopped: what was done so far stays", "", ""));
      stopped.setPlace(place);
      abandon();
      return stopped;
    }
    try {
      String next = frame.next();
      if (next == null) {
        pop();
      } else {
        text = next;
        at = 0;
        place = frame.place();
      }
      return null;
    } catch (Refused failure) {
      Reply reply = refused(failure.refusal());
      pop();
      return reply;
    }
  }

  private void pop() {
    Frame frame = frames[--depth];
    frames[depth] = null;
    frame.close();
    text = frame.outerText;
    at = frame.outerAt;
    place = frame.outerPlace;
  }

  private void push(Frame frame) {
    if (depth == MAX_DEPTH) {
      frame.close();
      throw new LineError(
          "more than " + MAX_DEPTH + " loops and files stand inside each other: is one its own?");
    }
    if (negated || name != null) {
      frame.close();
      String prefix = negated ? "!" : name + " =";
      negated = false;
      throw new LineError(prefix + " goes with one command, not with a loop or a file");
    }
    if (frames == null) {
      frames = new Frame[MAX_DEPTH];
    }
    frame.outerText = text;
    frame.outerAt = at;
    frame.outerPlace = place;
    frames[depth++] = frame;
    text = "";
    at = 0;
  }

  private Reply step() {
    negated = false;
    commandName = "";
    try {
      at = words.scan(text, at);
    } catch (LineError unreadable) {
      at = text.length();
      return refused(unreadable.refusal());
    }
    if (words.count() == 0) {
      return null;
    }
    Reply reply = guarded();
    return negated && reply != null ? negate(reply) : reply;
  }

  private Reply guarded() {
    try {
      return prefixes();
    } catch (Refused refused) {
      return failed(better(refused.refusal()));
    } catch (LineError error) {
      return failed(better(error.refusal()));
    } catch (OutOfMemoryError full) {
      return failed(new Refusal("the command needs more memory than Java was given", "", ""));
    }
  }

  private Refusal better(Refusal refusal) {
    return words.count() > 1 ? Mistakes.explained(refusal, words, commandName) : refusal;
  }

  private Reply failed(Refusal refusal) {
    follow();
    return refused(refusal);
  }

  private Reply refused(Refusal refusal) {
    Reply reply = Reply.refused(refusal);
    reply.setPlace(place);
    reply.setCommand(commandName);
    return reply;
  }

  private Reply negate(Reply reply) {
    if (reply.ok()) {
      String typed = words.line().substring(commandStart, words.lastWordEnd());
      Reply failed =
          Reply.assertFailed(
              new Refusal(Words.show(typed) + " succeeded, but ! expects a refusal", "", ""));
      failed.setPlace(place);
      failed.setCommand(reply.command());
      return failed;
    }
    Reply expected = Reply.of(reply.refusal());
    expected.setPlace(place);
    expected.setCommand(reply.command());
    return expected;
  }

  /** Reads what stands before a command: {@code !}, {@code NAME =}, {@code repeat N}. */
  private Reply prefixes() {
    name = null;
    times = 0;
    playing = stepping;
    playingPlain = steppingPlain;
    int w = 0;
    while (w < words.count() && words.first(w) == '!' && words.is(w, "!")) {
      negated = !negated;
      w++;
    }
    if (w + 1 < words.count() && words.first(w) == 'p' && words.is(w, "play")) {
      w = play(w);
    }
    int start = w;
    if (w + 1 < words.count() && words.first(w + 1) == '=' && words.is(w + 1, "=")) {
      name = ValueName.checked(words.word(w));
      w += 2;
    }
    while (w < words.count() && words.is(w, "repeat")) {
      times = Rounds.read(words, w, expression, times);
      w += 2;
    }
    if (w >= words.count()) {
      throw new LineError(
          words.typed(words.count() - 1) + " ends the line where a command is expected");
    }
    commandStart = words.start(start);
    return simple(w);
  }

  /** Reads {@code play} as a prefix; gives where the command begins, or {@code w}: it is none. */
  private int play(int w) {
    boolean inWords = words.is(w + 1, LookCommand.PLAIN);
    int start = inWords ? w + 2 : w + 1;
    if (start >= words.count() || isNumber(start) || words.is(start, LookCommand.PLAIN)) {
      return w;
    }
    playing = true;
    playingPlain |= inWords;
    return start;
  }

  private boolean isNumber(int w) {
    char c = words.first(w);
    return c >= '0' && c <= '9';
  }

  private Reply simple(int w) {
    if (words.first(w) == '$') {
      return times > 0 ? loop(w) : showValue(w);
    }
    Command command = words.quoted(w) ? null : table.find(text(), words.start(w), words.end(w));
    if (command == null) {
      String equals = name == null && times == 0 ? Mistakes.assignment(words, w) : "";
      if (!equals.isEmpty()) {
        ValueName.checked(equals);
        throw Mistakes.unspaced(words, w, negated);
      }
      commandName = Words.show(words.word(w));
      throw Mistakes.unknown(words.word(w), table);
    }
    if (command.isControl()) {
      return control(command, w);
    }
    if (times > 0 && !(command instanceof OpCommand)) {
      return loop(w);
    }
    return run(command, w);
  }

  private String text() {
    return words.line();
  }

  private Reply showValue(int w) {
    Value value = expression.evaluate(text(), words.start(w), words.lastWordEnd());
    Reply reply = Reply.of(new Echo(value.show()));
    reply.setPlace(place);
    return reply;
  }

  private Reply loop(int w) {
    push(Frame.times(text().substring(words.start(w), words.lastWordEnd()), times));
    return null;
  }

  private Reply control(Command command, int w) {
    if (times > 0) {
      return loop(w);
    }
    switch (command.usage().name()) {
      case "for" -> forLoop(w);
      case "step" -> {
        return step(command, w);
      }
      case "source" -> source(command, w);
      case "watch" -> {
        return watch(command, w);
      }
      default -> throw new LineError("! stands before a command, once");
    }
    return null;
  }

  private void forLoop(int w) {
    ForLoop loop = new ForLoop(words, w, expression);
    String variable = ValueName.checked(loop.variable());
    for (int i = 0; i < depth; i++) {
      if (frames[i].variable().equals(variable)) {
        throw new LineError(variable + " is already the variable of a loop around this one");
      }
    }
    push(loop.frame());
  }

  private void source(Command command, int w) {
    commandName = command.usage().name();
    arguments.parse(command.usage(), words, w + 1);
    String file = arguments.word(0);
    BufferedReader reader = Scripts.open(file);
    push(Frame.source(file, reader));
  }

  private Reply step(Command command, int w) {
    commandName = command.usage().name();
    arguments.parse(command.usage(), words, w + 1);
    String word = arguments.has(0) ? arguments.word(0) : "";
    if (!word.isEmpty() && !word.equals("on") && !word.equals("off")) {
      throw new LineError(Words.show(word) + " is neither on nor off");
    }
    stepping = word.isEmpty() ? stepping : word.equals("on");
    steppingPlain = stepping && (steppingPlain && word.isEmpty() || arguments.plain());
    String inWords = steppingPlain ? ", in words" : "";
    return said(stepping ? "step is on" + inWords : "step is off");
  }

  private Reply watch(Command command, int w) {
    commandName = command.usage().name();
    arguments.parse(command.usage(), words, w + 1);
    String line = arguments.text();
    if (line.isEmpty()) {
      return said(watch == null ? "nothing is watched" : "watching: " + watch.line());
    }
    watch = line.equals("off") ? null : Watch.parse(line, table);
    return watch == null ? said("nothing is watched") : look();
  }

  private Reply said(String sentence) {
    Reply reply = Reply.of(new Echo(sentence));
    reply.setCommand(commandName);
    reply.setPlace(place);
    return reply;
  }

  private Reply look() {
    watch.looked(session);
    return look(watch.line());
  }

  /**
   * Runs a line in between: what was begun goes on as if it had not been.
   *
   * @param looking one command that only looks
   */
  public Reply look(String looking) {
    String line = text;
    int resumed = at;
    text = looking;
    at = 0;
    Reply reply = step();
    text = line;
    at = resumed;
    return reply;
  }

  private Reply run(Command command, int w) {
    int last = words.count() - 1;
    if (playing && last > w && command instanceof OpCommand && words.is(last, LookCommand.PLAIN)) {
      playingPlain = true;
      words.truncate(last);
    }
    int end = words.lastWordEnd();
    commandName = command.usage().name();
    arguments.parse(command.usage(), words, w + 1);
    int before = session.now();
    long cutsBefore = session.cuts();
    long saidBefore = session.machine().nrSaid();
    session.from(text(), commandStart, end);
    Reply reply =
        times > 0 ? ((OpCommand) command).repeat(arguments, times) : command.run(arguments);
    reply.setCommand(command.usage().name());
    reply.setPlace(place);
    if (!arguments.note().isEmpty()) {
      reply.setNote(arguments.note());
    }
    if (reply.ok() && session.machine().nrSaid() > saidBefore) {
      reply.setNote(
          KernelNotes.of(
              session.machine().printk().entries(),
              session.machine().nrSaid() - saidBefore,
              reply));
    }
    if (command instanceof LookCommand && arguments.plain()) {
      reply.setPlain();
    }
    dialogue = reply.dialogue();
    if (single && dialogue != null) {
      dialogue = null;
      throw new Refused(
          commandName + " asks questions of its own: leave this first, with quit or Ctrl-D");
    }
    follow();
    if (reply.ok()) {
      keep(reply, before, cutsBefore);
      if (playing && session.now() > before) {
        play(reply);
      }
    }
    return reply;
  }

  /** The pictures are made by running the operation again, so the present stays as it is. */
  private void play(Reply reply) {
    boolean inWords = playingPlain || arguments.isAlwaysPlain();
    reply.setFrames(new Player(session).frames(session.now()), inWords);
    follow();
  }

  private void keep(Reply reply, int before, long cutsBefore) {
    Value freed = arguments.freed();
    if (freed != null && !freed.isNull() && session.now() > before) {
      values.markFreed(freed);
    }
    if (reply.made() == null) {
      if (name != null) {
        reply.setNote(name + ": " + reply.command() + " gives no value to keep");
      }
      return;
    }
    if (session.now() == before && session.cuts() == cutsBefore) {
      session.remember();
      follow();
    }
    int n = values.add(reply.made());
    if (name != null) {
      values.name(name);
    }
    reply.setLabel(n, name);
  }

  /** The values follow the history to its present moment. */
  private void follow() {
    values.follow(session.cuts(), session.now(), session.lastReboot());
  }
}
