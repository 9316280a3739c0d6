package kmemsh.render;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonElement;
import com.google.gson.JsonPrimitive;
import com.google.gson.JsonSerializationContext;
import com.google.gson.JsonSerializer;
import java.lang.reflect.Type;
import kmemsh.view.Addr;

/**
 * Records as JSON: an object a record, its components are the keys, in their order. Addresses are
 * strings in hex; what is not there is null.
 */
public final class Json {
  private static final Gson GSON =
      new GsonBuilder()
          .disableHtmlEscaping()
          .serializeNulls()
          .registerTypeAdapter(Addr.class, new AddrAsHex())
          .create();

  private Json() {}

  /** The record as a tree; null gives JSON's null. */
  public static JsonElement tree(Object record) {
    return GSON.toJsonTree(record);
  }

  /** The record in one line, without a newline. */
  public static String line(Object record) {
    return GSON.toJson(record);
  }

  private static final class AddrAsHex implements JsonSerializer<Addr> {
    @Override
    public JsonElement serialize(Addr addr, Type type, JsonSerializationContext context) {
      return new JsonPrimitive("0x" + Long.toHexString(addr.value()));
    }
  }
}
