package org.auscult.cds.fhir;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.auscult.feature.ResolvedFeatureSet;
import org.junit.jupiter.api.Test;

class AskedOnceTest {
  private final AskedOnce asked = new AskedOnce();

  @Test
  void theSameSetsAreAskedOnce() {
    ResolvedFeatureSet one = set("one");
    ResolvedFeatureSet two = set("two");
    Asked first = asked.of(List.of(one, two));

    assertThat(asked.of(List.of(one, two))).isSameAs(first).isEqualTo(Asked.from(List.of(one)));
    assertThat(asked.of(List.of(one))).isNotSameAs(first);
  }

  @Test
  void aSetThatWasReadAnewIsAskedAnew() {
    Asked first = asked.of(List.of(set("one")));
    ResolvedFeatureSet again = set("one");

    assertThat(asked.of(List.of(again))).isNotSameAs(first);
    assertThat(asked.of(List.of(again))).isSameAs(asked.of(List.of(again)));
  }

  private static ResolvedFeatureSet set(String name) {
    return new ResolvedFeatureSet("https://example.org/" + name, "1.0.0", name, List.of());
  }
}
