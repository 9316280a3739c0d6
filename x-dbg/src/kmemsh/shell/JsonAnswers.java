package kmemsh.shell;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import kmemsh.command.Reply;
import kmemsh.render.Json;

/** Replies as JSON Lines: one object a command. */
final class JsonAnswers {
  private JsonAnswers() {}

  /**
   * Appends one line: {@code command}, {@code status} ({@code ok}, {@code refused}, {@code
   * failed}), {@code value} (the label or null), {@code note} where there is one, and {@code
   * result} or, when the status is not ok, {@code error}.
   */
  static void write(Reply reply, StringBuilder out) {
    JsonObject object = new JsonObject();
    object.addProperty("command", reply.command());
    object.addProperty("status", reply.statusName());
    object.addProperty("value", reply.hasLabel() ? reply.label() : null);
    if (!reply.note().isEmpty()) {
      object.addProperty("note", reply.note());
    }
    if (reply.ok()) {
      if (!reply.frames().isEmpty()) {
        object.add("steps", Json.tree(reply.frames()));
      }
      object.add("result", Json.tree(reply.record()));
    } else {
      JsonElement error = Json.tree(reply.refusal());
      object.add("error", error);
    }
    out.append(object).append('\n');
  }
}
