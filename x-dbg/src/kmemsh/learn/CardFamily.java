package kmemsh.learn;

import java.util.List;

/** A card: one open question of an interview with its model answer and the lines that show it. */
public final class CardFamily extends Family {
  private final String machine;
  private final String prompt;
  private final String answer;
  private final List<String> commands;

  CardFamily(
      String name,
      String topic,
      String machine,
      String prompt,
      String answer,
      List<String> commands) {
    super(name, topic, prompt);
    this.machine = machine;
    this.prompt = prompt;
    this.answer = answer;
    this.commands = commands;
  }

  String machine() {
    return machine;
  }

  String prompt() {
    return prompt;
  }

  String answer() {
    return answer;
  }

  List<String> commands() {
    return commands;
  }

  @Override
  void make(Draft draft) {
    draft.machine(machine);
    draft.prompt(prompt);
    draft.open(answer);
    for (String command : commands) {
      draft.show(command);
    }
  }
}
