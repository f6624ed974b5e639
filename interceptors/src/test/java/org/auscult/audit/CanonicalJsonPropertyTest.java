package org.auscult.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/** Any object that canonical JSON can hold. */
class CanonicalJsonPropertyTest {
  /** What is read is written back as the same bytes, and equal objects give equal bytes. */
  @Property(seed = "8785")
  void hasOneForm(@ForAll("objects") Map<String, Object> object) {
    byte[] written = CanonicalJson.write(object);
    assertThat(CanonicalJson.read(written)).isEqualTo(object);
    assertThat(CanonicalJson.write(CanonicalJson.read(written))).isEqualTo(written);
  }

  @Provide
  Arbitrary<Map<String, Object>> objects() {
    return values()
        .list()
        .ofMaxSize(5)
        .flatMap(
            values ->
                texts()
                    .set()
                    .ofSize(values.size())
                    .map(
                        names -> {
                          Map<String, Object> object = new LinkedHashMap<>();
                          int i = 0;
                          for (String name : names) {
                            object.put(name, values.get(i++));
                          }
                          return object;
                        }));
  }

  private Arbitrary<Object> values() {
    Arbitrary<Object> simple =
        Arbitraries.oneOf(
            texts().asGeneric(),
            Arbitraries.longs()
                .between(-CanonicalJson.LARGEST_INTEGER, CanonicalJson.LARGEST_INTEGER)
                .asGeneric(),
            Arbitraries.of(true, false).asGeneric());
    return Arbitraries.frequencyOf(
        Tuple.of(5, simple),
        Tuple.of(1, simple.list().ofMaxSize(4).asGeneric()),
        Tuple.of(1, Arbitraries.maps(texts(), simple).ofMaxSize(4).asGeneric()));
  }

  /** Any text of whole characters, also beyond the first plane. */
  private static Arbitrary<String> texts() {
    return Arbitraries.integers()
        .between(0, Character.MAX_CODE_POINT)
        .filter(c -> c < Character.MIN_SURROGATE || c > Character.MAX_SURROGATE)
        .list()
        .ofMaxSize(12)
        .map(
            points -> {
              StringBuilder text = new StringBuilder();
              points.forEach(text::appendCodePoint);
              return text.toString();
            });
  }
}
