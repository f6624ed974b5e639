package org.auscult.prove.outcomes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Times that are told from a prediction's index time: <code>{+10s}</code>, in s, min, h or d;
 * <code>
 * {day}</code> is its date in UTC, <code>{midnight}</code> when that begins.
 */
record Moments(Instant index) {
  private static final Pattern OFFSET = Pattern.compile("([+-]\\d+)(s|min|h|d)");

  /** How long after the prediction, or before it. */
  static Duration offset(String text) {
    Matcher offset = OFFSET.matcher(text);
    if (!offset.matches()) {
      throw new IllegalArgumentException("'" + text + "' is no time such as +10s");
    }
    long amount = Long.parseLong(offset.group(1));
    return switch (offset.group(2)) {
      case "s" -> Duration.ofSeconds(amount);
      case "min" -> Duration.ofMinutes(amount);
      case "h" -> Duration.ofHours(amount);
      default -> Duration.ofDays(amount);
    };
  }

  /** What a text stands for; itself if it is no time. */
  String text(String text) {
    if (!text.startsWith("{") || !text.endsWith("}")) {
      return text;
    }
    String name = text.substring(1, text.length() - 1);
    LocalDate day = LocalDate.ofInstant(index, ZoneOffset.UTC);
    return switch (name) {
      case "day" -> day.toString();
      case "midnight" -> day.atStartOfDay().toInstant(ZoneOffset.UTC).toString();
      default -> index.plus(offset(name)).toString();
    };
  }

  /** A resource whose times are these, and whose ids begin with a prefix. */
  ObjectNode resource(JsonNode of, String prefix) {
    ObjectNode resource = (ObjectNode) filled(of.deepCopy(), prefix);
    resource.put("id", prefix + of.path("id").asText());
    return resource;
  }

  private JsonNode filled(JsonNode node, String prefix) {
    if (node instanceof ObjectNode object) {
      object.properties().forEach(entry -> entry.setValue(filled(entry.getValue(), prefix)));
      if (object.path("reference").isTextual()) {
        object.put("reference", object.path("reference").asText().replaceFirst("/", "/" + prefix));
      }
    } else if (node instanceof ArrayNode array) {
      for (int i = 0; i < array.size(); i++) {
        array.set(i, filled(array.get(i), prefix));
      }
    } else if (node.isTextual()) {
      return TextNode.valueOf(text(node.asText()));
    }
    return node;
  }
}
