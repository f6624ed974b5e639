package org.auscult.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Governance: 8. */
class CanonicalJsonTest {
  private static String write(Map<String, ?> object) {
    return new String(CanonicalJson.write(object), StandardCharsets.UTF_8);
  }

  private static Map<String, Object> read(String json) {
    return CanonicalJson.read(json.getBytes(StandardCharsets.UTF_8));
  }

  /** The text of RFC 8785 section 3.2.2, with all that must be escaped. */
  @Test
  void escapesAsThePublishedExample() {
    Map<String, Object> object =
        read(
            "{\"string\": \"\\u20ac$\\u000F\\u000aA'\\u0042\\u0022\\u005c\\\\\\\"\\/\","
                + " \"literals\": [true, false]}");
    assertThat(write(object))
        .isEqualTo("{\"literals\":[true,false],\"string\":\"€$\\u000f\\nA'B\\\"\\\\\\\\\\\"/\"}");
  }

  /** The names of RFC 8785 section 3.2.3: by UTF-16 units a smiley comes before a Hebrew letter. */
  @Test
  void sortsAsThePublishedExample() {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("€", "Euro Sign");
    object.put("\r", "Carriage Return");
    object.put("\ufb33", "Hebrew Letter Dalet With Dagesh");
    object.put("1", "One");
    object.put("😀", "Emoji: Grinning Face");
    object.put("\u0080", "Control");
    object.put("ö", "Latin Small Letter O With Diaeresis");
    assertThat(write(object))
        .isEqualTo(
            "{\"\\r\":\"Carriage Return\",\"1\":\"One\",\"\u0080\":\"Control\","
                + "\"ö\":\"Latin Small Letter O With Diaeresis\",\"€\":\"Euro Sign\","
                + "\"😀\":\"Emoji: Grinning Face\",\"\ufb33\":\"Hebrew Letter Dalet With Dagesh\"}");
  }

  @Test
  void allControlCharacters() {
    StringBuilder all = new StringBuilder();
    for (char c = 0; c < 0x20; c++) {
      all.append(c);
    }
    assertThat(write(Map.of("", all.append("\u007f\u2028").toString())))
        .isEqualTo(
            "{\"\":\"\\u0000\\u0001\\u0002\\u0003\\u0004\\u0005\\u0006\\u0007\\b\\t\\n\\u000b\\f\\r"
                + "\\u000e\\u000f\\u0010\\u0011\\u0012\\u0013\\u0014\\u0015\\u0016\\u0017\\u0018"
                + "\\u0019\\u001a\\u001b\\u001c\\u001d\\u001e\\u001f\u007f\u2028\"}");
  }

  @Test
  void beyondTheFirstPlaneThereAreFourBytes() {
    assertThat(CanonicalJson.write(Map.of("a", "😀")))
        .isEqualTo(
            new byte[] {
              '{',
              '"',
              'a',
              '"',
              ':',
              '"',
              (byte) 0xf0,
              (byte) 0x9f,
              (byte) 0x98,
              (byte) 0x80,
              '"',
              '}'
            });
  }

  @Test
  void nothingIsEmptyToo() {
    assertThat(write(Map.of())).isEqualTo("{}");
    assertThat(write(Map.of("a", List.of(), "b", Map.of()))).isEqualTo("{\"a\":[],\"b\":{}}");
    assertThat(write(Map.of("b", List.of(Map.of("d", 1, "c", -2L)), "a", "")))
        .isEqualTo("{\"a\":\"\",\"b\":[{\"c\":-2,\"d\":1}]}");
  }

  @Test
  void integersOnlyThatEveryReaderKeeps() {
    long largest = CanonicalJson.LARGEST_INTEGER;
    assertThat(write(Map.of("a", largest, "b", -largest)))
        .isEqualTo("{\"a\":9007199254740991,\"b\":-9007199254740991}");
    assertThatThrownBy(() -> write(Map.of("a", largest + 1)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> write(Map.of("a", -largest - 1)))
        .isInstanceOf(IllegalArgumentException.class);
    for (String number : List.of("9007199254740992", "99999999999999999999", "1.5", "1e3", "1.0")) {
      assertThatThrownBy(() -> read("{\"a\":" + number + "}"))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void refusesWhatHasNoSingleForm() {
    for (Object wrong : List.of(1.5, 'c', new byte[0])) {
      assertThatThrownBy(() -> write(Map.of("a", wrong)))
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThatThrownBy(() -> write(Collections.singletonMap("a", null)))
        .isInstanceOf(IllegalArgumentException.class);
    for (String half : List.of("\ud83d", "\ude00", "a\ud83db", "\ude00\ud83d")) {
      assertThatThrownBy(() -> write(Map.of("a", half)))
          .isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> write(Map.of(half, "a")))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void readsObjectsOnly() {
    for (String wrong :
        List.of(
            "",
            " ",
            "[]",
            "1",
            "\"a\"",
            "null",
            "{",
            "{\"a\"",
            "{\"a\":",
            "{\"a\":[",
            "{\"a\":null}",
            "{\"a\":1,}",
            "{\"a\":1}{}",
            "{\"a\":1} x",
            "{\"a\":1,\"a\":1}",
            "{\"a\":{\"b\":1,\"b\":2}}",
            "{'a':1}",
            "{\"a\":NaN}",
            "{\"a\":\"\u0001\"}",
            "{\"a\":" + "[".repeat(33) + "]".repeat(33) + "}")) {
      assertThatThrownBy(() -> read(wrong)).as(wrong).isInstanceOf(IllegalArgumentException.class);
    }
    assertThatThrownBy(
            () -> CanonicalJson.read(new byte[] {'{', '"', (byte) 0xff, '"', ':', '1', '}'}))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void timesHaveThreeDigits() {
    assertThat(CanonicalJson.time(Instant.parse("2026-11-21T09:00:00Z")))
        .isEqualTo("2026-11-21T09:00:00.000Z");
    assertThat(CanonicalJson.time(Instant.parse("2026-11-21T09:00:00.0129Z")))
        .isEqualTo("2026-11-21T09:00:00.012Z");
  }
}
