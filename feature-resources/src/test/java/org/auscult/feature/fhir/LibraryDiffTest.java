package org.auscult.feature.fhir;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.auscult.feature.life.Change;
import org.auscult.feature.life.Effect;
import org.auscult.timeline.Code;
import org.hl7.fhir.r4.model.BooleanType;
import org.hl7.fhir.r4.model.CanonicalType;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Duration;
import org.hl7.fhir.r4.model.Enumerations.PublicationStatus;
import org.hl7.fhir.r4.model.Library;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.Range;
import org.hl7.fhir.r4.model.RelatedArtifact.RelatedArtifactType;
import org.hl7.fhir.r4.model.StringType;
import org.hl7.fhir.r4.model.Type;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class LibraryDiffTest {
  private static final String LOINC = "http://loinc.org";

  private final Map<String, Set<Code>> valueSets = new HashMap<>();
  private final Map<String, Library> libraries = new HashMap<>();
  private final LibraryDiff diff =
      new LibraryDiff(
          new LibraryDiff.Sources() {
            @Override
            public Optional<Set<Code>> expand(String valueSet) {
              return Optional.ofNullable(valueSets.get(valueSet));
            }

            @Override
            public Optional<Library> library(String canonical) {
              return Optional.ofNullable(libraries.get(canonical));
            }
          });

  private static Library feature(String name, String version) {
    Library library = new Library();
    library.getMeta().addProfile(FeatureUrls.FEATURE_DEFINITION);
    library.setUrl("urn:" + name).setVersion(version).setName(name).setTitle("A title");
    library.setStatus(PublicationStatus.ACTIVE);
    library
        .addDataRequirement()
        .setType("Observation")
        .addCodeFilter()
        .setPath("code")
        .addCode(new Coding(LOINC, "2160-0", null));
    library.addExtension(FeatureUrls.OPERATOR, new CodeType("latest"));
    library.addExtension(FeatureUrls.UNIT, new CodeType("mg/dL"));
    library.addExtension(FeatureUrls.LOOKBACK, days(1));
    library.addExtension(FeatureUrls.CATEGORY, new CodeType("laboratory"));
    library.addExtension(FeatureUrls.CATEGORY, new CodeType("exam"));
    return library;
  }

  private static Duration days(int days) {
    Duration duration = new Duration();
    duration.setValue(days).setCode("d");
    return duration;
  }

  private static void set(Library library, String url, Type value) {
    library.getExtension().removeIf(e -> e.getUrl().equals(url));
    library.addExtension(url, value);
  }

  static Stream<Arguments> changes() {
    return Stream.of(
        change("operator", Effect.BREAKING, l -> set(l, FeatureUrls.OPERATOR, new CodeType("max"))),
        change("unit", Effect.BREAKING, l -> set(l, FeatureUrls.UNIT, new CodeType("g/L"))),
        change("lookback", Effect.BREAKING, l -> set(l, FeatureUrls.LOOKBACK, days(2))),
        change(
            "lookback",
            Effect.BREAKING,
            l -> l.getExtension().removeIf(e -> e.getUrl().equals(FeatureUrls.LOOKBACK))),
        change("name", Effect.BREAKING, l -> l.setName("other")),
        change("url", Effect.BREAKING, l -> l.setUrl("urn:other")),
        change(
            "resource-type",
            Effect.BREAKING,
            l -> l.getDataRequirementFirstRep().setType("Condition")),
        change(
            "data-requirement",
            Effect.BREAKING,
            l -> l.getDataRequirementFirstRep().addDateFilter().setPath("date")),
        change(
            "missing-refuse",
            Effect.BREAKING,
            l -> l.addExtension(FeatureUrls.MISSING_REFUSE, new BooleanType(true))),
        change(
            "feature-unheard-of".substring("feature-".length()),
            Effect.BREAKING,
            l ->
                l.addExtension(
                    "https://auscult.org/fhir/StructureDefinition/feature-unheard-of",
                    new StringType("x"))),
        change(
            "expression",
            Effect.BREAKING,
            l -> l.addExtension(FeatureUrls.EXPRESSION, new StringType("a + b"))),
        change(
            "category",
            Effect.BREAKING,
            l -> l.addExtension(FeatureUrls.CATEGORY, new CodeType("vital-signs"))),
        change(
            "reference-range",
            Effect.COMPATIBLE,
            l -> l.addExtension(FeatureUrls.REFERENCE_RANGE, new Range().setLow(new Quantity(1)))),
        change("status", Effect.COMPATIBLE, l -> l.setStatus(PublicationStatus.RETIRED)),
        change("title", Effect.EDITORIAL, l -> l.setTitle("Another")),
        change("description", Effect.EDITORIAL, l -> l.setDescription("What it means")),
        change("publisher", Effect.EDITORIAL, l -> l.setPublisher("The hospital")),
        change("editor", Effect.EDITORIAL, l -> l.addEditor().setName("Ada")),
        change(
            "related-artifact",
            Effect.EDITORIAL,
            l -> l.addRelatedArtifact().setType(RelatedArtifactType.CITATION).setCitation("A")));
  }

  private static Arguments change(String part, Effect effect, Consumer<Library> change) {
    return Arguments.of(part, effect, change);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("changes")
  void namesWhatChangedAndWhatThatDoes(String part, Effect effect, Consumer<Library> change) {
    Library before = feature("f", "1.0.0");
    Library after = feature("f", "1.1.0");
    change.accept(after);

    assertThat(diff.of(before, after))
        .singleElement()
        .satisfies(
            one -> {
              assertThat(one.part()).isEqualTo(part);
              assertThat(one.effect()).isEqualTo(effect);
              assertThat(one.text()).startsWith(part);
            });
    assertThat(diff.of(after, before)).singleElement().extracting(Change::part).isEqualTo(part);
  }

  @Test
  void orderTextAndVersionAreNoChange() {
    Library before = feature("f", "1.0.0");
    Library after = feature("f", "2.0.0");
    Collections.reverse(after.getExtension());
    after.getText().setDivAsString("<div>words</div>");
    after.setId("other");
    after.addExtension(FeatureUrls.REVIEW, new StringType("by somebody"));

    assertThat(diff.of(before, after)).isEmpty();
  }

  @Test
  void codesAreComparedAsExpanded() {
    valueSets.put("urn:set|1", Set.of(new Code(LOINC, "2160-0")));
    valueSets.put("urn:set|2", Set.of(new Code(LOINC, "2160-0"), new Code(LOINC, "38483-4")));
    Library listed = feature("f", "1.0.0");
    Library first = withValueSet("urn:set|1");
    Library second = withValueSet("urn:set|2");

    assertThat(diff.of(listed, first))
        .singleElement()
        .matches(c -> c.part().equals("codes") && c.effect() == Effect.COMPATIBLE);
    assertThat(diff.of(first, second))
        .singleElement()
        .satisfies(
            c -> {
              assertThat(c.effect()).isEqualTo(Effect.BREAKING);
              assertThat(c.added()).containsExactly(LOINC + "|38483-4");
              assertThat(c.removed()).isEmpty();
            });
    assertThat(diff.of(second, first).get(0).removed()).containsExactly(LOINC + "|38483-4");
    assertThat(diff.of(first, withValueSet("urn:set|unknown")))
        .as("nobody can tell")
        .singleElement()
        .matches(c -> c.effect() == Effect.BREAKING);
  }

  private static Library withValueSet(String canonical) {
    Library library = feature("f", "1.1.0");
    library
        .getDataRequirementFirstRep()
        .getCodeFilterFirstRep()
        .setCode(List.of())
        .setValueSet(canonical);
    return library;
  }

  @Test
  void answersAreComparedAsExpandedToo() {
    valueSets.put("urn:yes|1", Set.of(new Code("urn:a", "y")));
    valueSets.put("urn:yes|2", Set.of(new Code("urn:a", "y")));
    valueSets.put("urn:yes|3", Set.of(new Code("urn:a", "yes")));
    Library first = feature("f", "1.0.0");
    set(first, FeatureUrls.TRUE_VALUES, new CanonicalType("urn:yes|1"));
    Library second = feature("f", "1.0.1");
    set(second, FeatureUrls.TRUE_VALUES, new CanonicalType("urn:yes|2"));
    Library third = feature("f", "2.0.0");
    set(third, FeatureUrls.TRUE_VALUES, new CanonicalType("urn:yes|3"));

    assertThat(Effect.of(diff.of(first, second))).contains(Effect.COMPATIBLE);
    assertThat(Effect.of(diff.of(second, third))).contains(Effect.BREAKING);
  }

  @Test
  void anotherVersionOfAnInputIsWhatItsOwnDifferenceIs() {
    Library input = feature("input", "1.0.0");
    Library renamed = feature("input", "1.0.1").setTitle("Better words");
    Library changed = feature("input", "2.0.0");
    set(changed, FeatureUrls.LOOKBACK, days(9));
    List.of(input, renamed, changed)
        .forEach(l -> libraries.put(l.getUrl() + "|" + l.getVersion(), l));

    assertThat(Effect.of(diff.of(derived("urn:input|1.0.0"), derived("urn:input|1.0.1"))))
        .contains(Effect.COMPATIBLE);
    assertThat(Effect.of(diff.of(derived("urn:input|1.0.0"), derived("urn:input|2.0.0"))))
        .contains(Effect.BREAKING);
    assertThat(Effect.of(diff.of(derived("urn:input|1.0.0"), derived("urn:input|9.0.0"))))
        .as("it is not here")
        .contains(Effect.BREAKING);
    assertThat(Effect.of(diff.of(derived("urn:input|1.0.0"), derived("urn:else|1.0.0"))))
        .contains(Effect.BREAKING);
  }

  private static Library derived(String input) {
    Library library = feature("d", "1.0.0");
    library.addRelatedArtifact().setType(RelatedArtifactType.DEPENDSON).setResource(input);
    return library;
  }

  @Test
  void membersHaveAnOrder() {
    assertThat(diff.of(set("urn:a|1.0.0", "urn:b|1.0.0"), set("urn:b|1.0.0", "urn:a|1.0.0")))
        .singleElement()
        .matches(c -> c.part().equals("order-of-members") && c.effect() == Effect.BREAKING);
    assertThat(diff.of(set("urn:a|1.0.0"), set("urn:a|1.0.0", "urn:b|1.0.0")))
        .singleElement()
        .matches(
            c ->
                c.part().equals("members")
                    && c.effect() == Effect.BREAKING
                    && c.added().equals(List.of("urn:b|1.0.0")));
  }

  private static Library set(String... members) {
    Library library = new Library();
    library.getMeta().addProfile(FeatureUrls.FEATURE_SET);
    library.setUrl("urn:set").setVersion("1.0.0").setName("set");
    for (String member : members) {
      library.addRelatedArtifact().setType(RelatedArtifactType.COMPOSEDOF).setResource(member);
    }
    return library;
  }
}
