package org.auscult.audit;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The fields of an object in canonical JSON, by type. Everything throws {@link
 * IllegalArgumentException}, naming the field, where one is missing or of another type.
 */
public final class JsonFields {
  private final Map<?, ?> object;

  private JsonFields(Map<?, ?> object) {
    this.object = object;
  }

  /** Reads a JSON object. */
  public static JsonFields of(byte[] json) {
    return new JsonFields(CanonicalJson.read(json));
  }

  /** Of an object that is read already. */
  public static JsonFields of(Map<String, ?> object) {
    return new JsonFields(object);
  }

  /** Whether there is such a field. */
  public boolean has(String name) {
    return object.containsKey(name);
  }

  /** A text. */
  public String text(String name) {
    return typed(name, object.get(name), String.class);
  }

  /** A text, or null. */
  public @Nullable String textOrNull(String name) {
    return has(name) ? text(name) : null;
  }

  /** A text, or what stands in for it. */
  public String textOr(String name, String otherwise) {
    return has(name) ? text(name) : otherwise;
  }

  /** A whole number. */
  public long whole(String name) {
    return typed(name, object.get(name), Long.class);
  }

  /** A whole number of at most 31 bits. */
  public int integer(String name) {
    try {
      return Math.toIntExact(whole(name));
    } catch (ArithmeticException e) {
      throw new IllegalArgumentException("The field '" + name + "' is too large", e);
    }
  }

  /** An instant of whole milliseconds, in UTC. */
  public Instant time(String name) {
    try {
      Instant time = Instant.parse(text(name));
      if (!time.equals(time.truncatedTo(ChronoUnit.MILLIS))) {
        throw new IllegalArgumentException("The field '" + name + "' is finer than milliseconds");
      }
      return time;
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException("The field '" + name + "' is no instant", e);
    }
  }

  /** An array of texts; none if it is missing. */
  public List<String> texts(String name) {
    return array(name).stream().map(v -> typed(name, v, String.class)).toList();
  }

  /** An array of objects; none if it is missing. */
  public List<JsonFields> objects(String name) {
    return array(name).stream().map(v -> new JsonFields(typed(name, v, Map.class))).toList();
  }

  private List<?> array(String name) {
    return has(name) ? typed(name, object.get(name), List.class) : List.of();
  }

  /** An object; without fields if it is missing. */
  public JsonFields object(String name) {
    return new JsonFields(has(name) ? typed(name, object.get(name), Map.class) : Map.of());
  }

  /** All fields, each a text. */
  public Map<String, String> allTexts() {
    Map<String, String> texts = new TreeMap<>();
    object.forEach(
        (name, value) -> texts.put((String) name, typed((String) name, value, String.class)));
    return texts;
  }

  private static <T> T typed(String name, @Nullable Object value, Class<T> type) {
    if (!type.isInstance(value)) {
      throw new IllegalArgumentException(
          "The field '" + name + "' is " + (value == null ? "missing" : "of another type"));
    }
    return type.cast(value);
  }
}
