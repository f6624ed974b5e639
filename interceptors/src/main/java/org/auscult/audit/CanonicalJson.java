package org.auscult.audit;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * JSON with one way only to write a value, so that equal values have equal hashes.
 *
 * <p>Objects as {@code Map<String, Object>}, arrays as {@code List}, texts, booleans and integers
 * ({@code Long}; {@code Integer} is written too). There is no null and no fraction.
 *
 * <p>Source: <a href="https://www.rfc-editor.org/rfc/rfc8785">RFC 8785</a>: names sorted by UTF-16
 * code units, no white space, the shortest escapes, UTF-8. Integers are at most 2^53 − 1 either
 * way, which every reader of JSON keeps exactly.
 */
public final class CanonicalJson {
  /** The largest integer, 2^53 − 1. */
  public static final long LARGEST_INTEGER = (1L << 53) - 1;

  private static final int DEEPEST = 32;
  private static final int LONGEST_TEXT = 16 << 20;
  private static final JsonFactory JSON =
      JsonFactory.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(DEEPEST)
                  .maxStringLength(LONGEST_TEXT)
                  .build())
          .build();

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private CanonicalJson() {}

  /** The one form of an instant, always with three digits of milliseconds, in UTC. */
  public static String time(Instant instant) {
    return TIME.format(instant);
  }

  /**
   * The one form of this object, in UTF-8.
   *
   * @throws IllegalArgumentException if it holds anything but the above, or half a surrogate pair
   */
  public static byte[] write(Map<String, ?> object) {
    StringBuilder out = new StringBuilder(512);
    writeObject(object, out);
    try {
      ByteBuffer bytes =
          StandardCharsets.UTF_8
              .newEncoder()
              .onMalformedInput(CodingErrorAction.REPORT)
              .encode(CharBuffer.wrap(out));
      byte[] exact = new byte[bytes.remaining()];
      bytes.get(exact);
      return exact;
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException("A text holds half a surrogate pair", e);
    }
  }

  private static void writeObject(Map<?, ?> object, StringBuilder out) {
    Map<String, Object> sorted = new TreeMap<>();
    object.forEach((name, value) -> sorted.put((String) name, value));
    char before = '{';
    for (Map.Entry<String, Object> entry : sorted.entrySet()) {
      out.append(before);
      writeText(entry.getKey(), out);
      out.append(':');
      writeValue(entry.getValue(), out);
      before = ',';
    }
    out.append(sorted.isEmpty() ? "{}" : "}");
  }

  private static void writeArray(List<?> array, StringBuilder out) {
    char before = '[';
    for (Object value : array) {
      out.append(before);
      writeValue(value, out);
      before = ',';
    }
    out.append(array.isEmpty() ? "[]" : "]");
  }

  private static void writeValue(Object value, StringBuilder out) {
    if (value instanceof String text) {
      writeText(text, out);
    } else if (value instanceof Long || value instanceof Integer) {
      out.append(inRange(((Number) value).longValue()));
    } else if (value instanceof Boolean) {
      out.append(value);
    } else if (value instanceof List<?> array) {
      writeArray(array, out);
    } else if (value instanceof Map<?, ?> object) {
      writeObject(object, out);
    } else {
      throw new IllegalArgumentException("Canonical JSON here has no such value: " + value);
    }
  }

  private static long inRange(long number) {
    if (number > LARGEST_INTEGER || number < -LARGEST_INTEGER) {
      throw new IllegalArgumentException("Not every reader keeps this integer exactly: " + number);
    }
    return number;
  }

  /** RFC 8785 section 3.2.2.2. */
  private static void writeText(String text, StringBuilder out) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"' -> out.append("\\\"");
        case '\\' -> out.append("\\\\");
        case '\b' -> out.append("\\b");
        case '\t' -> out.append("\\t");
        case '\n' -> out.append("\\n");
        case '\f' -> out.append("\\f");
        case '\r' -> out.append("\\r");
        default -> {
          if (c < ' ') {
            out.append(String.format("\\u%04x", (int) c));
          } else {
            out.append(c);
          }
        }
      }
    }
    out.append('"');
  }

  /**
   * Reads an object, whatever its form. Whether it was the canonical one, {@link #write} tells.
   *
   * @throws IllegalArgumentException if it is not JSON, no object, or holds what cannot be written
   *     here: null, a fraction, a number beyond range, a name twice
   */
  public static Map<String, Object> read(byte[] json) {
    try (JsonParser parser = JSON.createParser(json)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new IllegalArgumentException("This is no JSON object");
      }
      Map<String, Object> object = readObject(parser);
      if (parser.nextToken() != null) {
        throw new IllegalArgumentException("Something follows the JSON object");
      }
      return object;
    } catch (IOException e) {
      throw new IllegalArgumentException("This is no JSON", e);
    }
  }

  private static Map<String, Object> readObject(JsonParser parser) throws IOException {
    Map<String, Object> object = new TreeMap<>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      parser.nextToken();
      object.put(name, readValue(parser));
    }
    return object;
  }

  private static List<Object> readArray(JsonParser parser) throws IOException {
    List<Object> array = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      array.add(readValue(parser));
    }
    return array;
  }

  private static Object readValue(JsonParser parser) throws IOException {
    return switch (parser.currentToken()) {
      case START_OBJECT -> readObject(parser);
      case START_ARRAY -> readArray(parser);
      case VALUE_STRING -> parser.getText();
      case VALUE_NUMBER_INT -> inRange(parser.getLongValue());
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      default ->
          throw new IllegalArgumentException(
              "Canonical JSON here has no value of the kind " + parser.currentToken());
    };
  }
}
