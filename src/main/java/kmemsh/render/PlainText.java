package kmemsh.render;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.Locale;
import java.util.Map;
import kmemsh.text.Text;
import kmemsh.view.BuddyInfo;
import kmemsh.view.CacheTable;
import kmemsh.view.Dashboard;
import kmemsh.view.MemMap;
import kmemsh.view.PageInfo;
import kmemsh.view.PageTypes;
import kmemsh.view.PcpInfo;
import kmemsh.view.SlabInfo;
import kmemsh.view.StepFrame;
import kmemsh.view.ZoneInfo;

/**
 * The facts of any record in words, one thing a line and no picture, for those who listen to a
 * screen.
 *
 * <pre>
 *   zones: 2
 *   zones 1: zone DMA, free pages 3840, managed pages 3840, nr free 0 0 0 0 0 0 0 0 1 1 3
 *   zones 2: zone Normal, ...
 * </pre>
 */
public final class PlainText {
  private static final int MOST_NUMBERS = 64;

  private PlainText() {}

  /** Appends the facts of {@code record}, each line with its newline. */
  public static void render(Object record, Text out, int columns) {
    if (record instanceof MemMap map) {
      memMap(map, out);
    } else if (record instanceof StepFrame frame) {
      StepFrameText.plain(frame, out, columns);
    } else if (record instanceof BuddyInfo info) {
      BuddyInfoText.plain(info, out, columns);
    } else if (record instanceof Dashboard dash) {
      DashboardText.plain(dash, out, columns);
    } else if (record instanceof PcpInfo info) {
      ListText.plainPageSets(info, out, columns);
    } else if (record instanceof PageTypes types) {
      PageTypesText.plain(types, out, columns);
    } else {
      tree(Json.tree(record), out, columns);
      concluded(record, out, columns);
    }
  }

  private static void tree(JsonElement tree, Text out, int columns) {
    if (tree.isJsonObject()) {
      object("", tree.getAsJsonObject(), out, columns);
    } else {
      line("", value("", tree), out, columns);
    }
  }

  /** What a picture says and no part of its record. */
  private static void concluded(Object record, Text out, int columns) {
    if (record instanceof ZoneInfo info) {
      for (ZoneInfo.Zone zone : info.zones()) {
        line("zone " + zone.zone(), ZoneInfoText.state(zone), out, columns);
      }
    } else if (record instanceof CacheTable table && table.layout().equals(CacheTable.SLABTOP)) {
      CacheTableText.totals(table, out, columns);
    }
  }

  private static void object(String prefix, JsonObject object, Text out, int columns) {
    StringBuilder flat = new StringBuilder();
    for (Map.Entry<String, JsonElement> entry : object.entrySet()) {
      if (isFlat(entry.getValue())) {
        String value = value(entry.getKey(), entry.getValue());
        if (!value.isEmpty()) {
          flat.append(flat.length() == 0 ? "" : ", ");
          flat.append(words(entry.getKey())).append(' ').append(value);
        }
      }
    }
    if (flat.length() > 0) {
      line(prefix, flat.toString(), out, columns);
    }
    for (Map.Entry<String, JsonElement> entry : object.entrySet()) {
      if (!isFlat(entry.getValue())) {
        String name = (prefix.isEmpty() ? "" : prefix + ", ") + words(entry.getKey());
        nested(name, entry.getValue(), out, columns);
      }
    }
  }

  private static void nested(String name, JsonElement element, Text out, int columns) {
    if (element.isJsonObject()) {
      object(name, element.getAsJsonObject(), out, columns);
      return;
    }
    JsonArray array = element.getAsJsonArray();
    line(name, Integer.toString(array.size()), out, columns);
    for (int i = 0; i < array.size(); i++) {
      String item = name + " " + (i + 1);
      if (array.get(i).isJsonObject()) {
        object(item, array.get(i).getAsJsonObject(), out, columns);
      } else {
        line(item, value(name, array.get(i)), out, columns);
      }
    }
  }

  /** Whether it fits into a line: a value, or a list of values. */
  private static boolean isFlat(JsonElement element) {
    if (!element.isJsonArray()) {
      return !element.isJsonObject();
    }
    for (JsonElement item : element.getAsJsonArray()) {
      if (!item.isJsonPrimitive()) {
        return false;
      }
    }
    return true;
  }

  /** A value in words; empty for what is not there. */
  private static String value(String key, JsonElement element) {
    if (element.isJsonNull()) {
      return "";
    }
    if (element.isJsonPrimitive()) {
      return primitive(key, element.getAsJsonPrimitive());
    }
    JsonArray array = element.getAsJsonArray();
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < Math.min(MOST_NUMBERS, array.size()); i++) {
      out.append(i == 0 ? "" : " ").append(value(key, array.get(i)));
    }
    int more = array.size() - MOST_NUMBERS;
    return array.isEmpty() ? "none" : out + (more > 0 ? " and " + more + " more" : "");
  }

  private static String primitive(String key, JsonPrimitive value) {
    if (value.isBoolean()) {
      return value.getAsBoolean() ? "yes" : "no";
    }
    String text = value.getAsString();
    if (key.equals("states")) {
      return runs(text);
    }
    return value.isNumber() ? number(key, value.getAsLong(), text) : text;
  }

  private static String number(String key, long value, String text) {
    return switch (key) {
      case "unusable", "extfrag" -> FragmentationText.index((int) value);
      case "flags" -> Draw.hex(value);
      case "lruPrev", "lruNext" ->
          value == PageInfo.NO_LIST ? "no list" : value < 0 ? "head" : Draw.hex(value);
      case "pfn", "pfns", "pageblock", "head", "start", "end" -> hexOrNone(value);
      default -> key.endsWith("Pfn") ? hexOrNone(value) : value == -1 ? "" : text;
    };
  }

  private static String hexOrNone(long value) {
    return value < 0 ? "none" : Draw.hex(value);
  }

  /** Letters in a row counted: {@code 15 a, 1 U}. */
  private static String runs(String letters) {
    StringBuilder out = new StringBuilder();
    int start = 0;
    for (int i = 1; i <= letters.length(); i++) {
      if (i == letters.length() || letters.charAt(i) != letters.charAt(start)) {
        out.append(start == 0 ? "" : " then ").append(i - start).append(' ');
        out.append(state(letters.charAt(start)));
        start = i;
      }
    }
    return out.toString();
  }

  private static String state(char letter) {
    return switch (letter) {
      case SlabInfo.USED -> "used";
      case SlabInfo.WAITING -> "waiting";
      case SlabInfo.FREE -> "free";
      default -> Character.toString(letter);
    };
  }

  private static void memMap(MemMap map, Text out) {
    for (int i = 0; i < map.starts().length; i++) {
      long end = i + 1 < map.starts().length ? map.starts()[i + 1] : map.end();
      out.add(Draw.hex(map.starts()[i])).add("..").add(Draw.hex(end - 1)).add(": ");
      out.add(owner(map.states().charAt(i))).add(", ");
      out.add(Draw.count(end - map.starts()[i], "page")).line();
    }
  }

  private static String owner(char state) {
    return switch (state) {
      case MemMap.PCP -> "on a per-CPU list";
      case MemMap.ALLOCATED -> "allocated";
      case MemMap.TAIL -> "allocated, further pages";
      case MemMap.TABLES -> "page tables";
      case MemMap.RESERVED -> "reserved at boot";
      case MemMap.HOLE -> "hole";
      case MemMap.FREE_TEN -> "free in blocks of order 10";
      default -> "free, order " + state;
    };
  }

  /** {@code freePages} as people say it: free pages. */
  private static String words(String key) {
    if (key.equals("nrFree")) {
      return "free blocks by order from 0 on";
    }
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < key.length(); i++) {
      char c = key.charAt(i);
      if (Character.isUpperCase(c) || c == '_') {
        out.append(' ');
      }
      out.append(c == '_' ? "" : Character.toString(c).toLowerCase(Locale.ROOT));
    }
    return out.toString();
  }

  private static void line(String prefix, String text, Text out, int columns) {
    Draw.words(prefix.isEmpty() ? text : prefix + ": " + text, out, columns, 2);
    out.line();
  }
}
