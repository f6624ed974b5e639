package org.auscult.feature.fhir;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import java.io.IOException;
import java.io.InputStream;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.auscult.feature.ContextRule;
import org.auscult.feature.ContextRule.AtTime;
import org.auscult.feature.ContextRule.Side;
import org.auscult.feature.Lookback;
import org.auscult.timeline.Code;
import org.auscult.timeline.ResourceKind;
import org.hl7.fhir.r4.model.BooleanType;
import org.hl7.fhir.r4.model.CanonicalType;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Duration;
import org.hl7.fhir.r4.model.Extension;
import org.hl7.fhir.r4.model.Library;
import org.hl7.fhir.r4.model.StringType;
import org.hl7.fhir.r4.model.TimeType;
import org.hl7.fhir.r4.model.Type;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What a context rule can say, and what of it is refused. */
class ContextRulesTest {
  private static final Code POSTPRANDIAL = Code.snomed("24863003");

  private static Library shipped() {
    try (InputStream in =
        ContextRulesTest.class.getResourceAsStream(
            "/org/auscult/ig/Library-context-glucose-meal.json")) {
      return FhirContext.forR4Cached()
          .newJsonParser()
          .parseResource(Library.class, Objects.requireNonNull(in));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static Extension part(String name, Type value) {
    return new Extension(name, value);
  }

  private static Extension condition(String url, Extension... parts) {
    Extension condition = new Extension(url);
    condition.addExtension(context());
    Stream.of(parts).forEach(condition::addExtension);
    return condition;
  }

  private static Extension context() {
    return part("context", new Coding("http://snomed.info/sct", "24863003", null));
  }

  private static Extension time(String from, String to) {
    return condition(
        ContextUrls.TIME, part("from", new TimeType(from)), part("to", new TimeType(to)));
  }

  private static Extension fact(int least, int most, String unit) {
    return condition(
        ContextUrls.FACT,
        part("type", new CodeType("Procedure")),
        part("code", new Coding("urn:s", "meal", null)),
        part("least", duration(least, unit)),
        part("most", duration(most, unit)));
  }

  private static Duration duration(int amount, String unit) {
    Duration duration = new Duration();
    duration.setValue(amount).setCode(unit);
    return duration;
  }

  private static Library changed(Consumer<Library> change) {
    Library library = shipped();
    change.accept(library);
    return library;
  }

  private static List<String> problems(Library library) {
    return ContextRules.read(library) instanceof Parsed.Refused<ContextRule> refused
        ? refused.problems().stream().map(Problem::what).toList()
        : List.of();
  }

  @Test
  void theShippedRuleIsTaken() {
    Library library = shipped();
    ContextRule rule = ContextRules.read(library).orThrow();

    assertThat(ContextRules.isOne(library)).isTrue();
    assertThat(rule.canonical())
        .isEqualTo("https://auscult.org/fhir/Library/context-glucose-meal|1.0.0");
    assertThat(rule.facts().kind()).isEqualTo(ResourceKind.OBSERVATION);
    assertThat(rule.facts().codes()).hasSize(9).contains(Code.loinc("2345-7"));
    assertThat(rule.contexts()).containsExactly(Code.snomed("16985007"), POSTPRANDIAL);
    assertThat(rule.recorded()).hasSize(2);
    assertThat(rule.recorded().get(0).components()).containsExactly(Code.loinc("49541-6"));
    assertThat(rule.times()).isEmpty();
    assertThat(rule.zone()).isNull();
    assertThat(rule.namesValueSets()).isFalse();
    assertThat(rule.lent())
        .singleElement()
        .satisfies(
            lent -> {
              assertThat(lent.context()).isEqualTo(POSTPRANDIAL);
              assertThat(lent.side()).isEqualTo(Side.BEFORE);
              assertThat(lent.least()).isEqualTo(new Lookback(1, Lookback.Unit.HOUR));
              assertThat(lent.most()).isEqualTo(new Lookback(2, Lookback.Unit.HOUR));
            });
  }

  @Test
  void readsTheTimeOfDayTheZoneTheOtherSideAndAValueSet() {
    ContextRule rule =
        ContextRules.read(
                changed(
                    l -> {
                      l.addExtension(time("22:30:00", "02:15:00"));
                      l.addExtension(ContextUrls.ZONE, new CodeType("Europe/Vienna"));
                      Extension after =
                          condition(
                              ContextUrls.FACT,
                              part("type", new CodeType("Procedure")),
                              part("valueSet", new CanonicalType("urn:meals|1")),
                              part("most", duration(30, "min")),
                              part("after", new BooleanType(true)));
                      l.addExtension(after);
                    }))
            .orThrow();

    assertThat(rule.times())
        .containsExactly(new AtTime(POSTPRANDIAL, LocalTime.of(22, 30), LocalTime.of(2, 15)));
    assertThat(rule.zone()).isEqualTo(ZoneId.of("Europe/Vienna"));
    assertThat(rule.lent().get(1).side()).isEqualTo(Side.AFTER);
    assertThat(rule.lent().get(1).least()).isNull();
    assertThat(rule.lent().get(1).by().valueSet()).isEqualTo("urn:meals|1");
    assertThat(rule.namesValueSets()).isTrue();
  }

  static Stream<Arguments> wrong() {
    return Stream.of(
        wrong("has no URL", l -> l.setUrl(null), "it is missing"),
        wrong("has no version", l -> l.setVersion(null), "it is missing"),
        wrong("has no name", l -> l.setName(null), "it is missing"),
        wrong("has no status", l -> l.setStatus(null), "there is no status"),
        wrong("concerns nothing", l -> l.setDataRequirement(null), "it is missing"),
        wrong(
            "concerns the Patient",
            l -> l.getDataRequirementFirstRep().setType("Patient"),
            "a Patient has no context"),
        wrong("has no evidence", l -> l.setRelatedArtifact(null), "there is no evidence"),
        wrong(
            "has an empty citation",
            l -> l.getRelatedArtifactFirstRep().setCitation(null),
            "there is no evidence"),
        wrong(
            "infers nothing",
            l -> l.getExtension().removeIf(e -> e.getUrl().equals(ContextUrls.FACT)),
            "there is no condition, so nothing is inferred"),
        wrong(
            "has an unknown zone",
            l -> l.addExtension(ContextUrls.ZONE, new CodeType("Europe/Nowhere")),
            "'Europe/Nowhere' is no time zone"),
        wrong(
            "overlaps within a day",
            l -> {
              l.addExtension(time("06:00:00", "09:00:00"));
              l.addExtension(time("08:59:59", "10:00:00"));
            },
            "intervals 0 and 1 overlap"),
        wrong(
            "overlaps over midnight",
            l -> {
              l.addExtension(time("22:00:00", "06:00:01"));
              l.addExtension(time("06:00:00", "07:00:00"));
            },
            "intervals 0 and 1 overlap"),
        wrong(
            "ends where it begins",
            l -> l.addExtension(time("06:00:00", "06:00:00")),
            "it ends where it begins"),
        wrong(
            "has no time of day",
            l -> l.addExtension(time("25:00:00", "06:00:00")),
            "from is no time of day"),
        wrong(
            "overlaps in distance",
            l -> {
              l.addExtension(fact(1, 2, "h"));
              l.addExtension(fact(120, 180, "min"));
            },
            "intervals 1 and 2 overlap, and one fact would be in both"),
        wrong(
            "is turned round",
            l -> l.addExtension(fact(3, 2, "h")),
            "its least distance is longer than its most"),
        wrong(
            "is as long as months are",
            l -> fact(l).getExtensionByUrl("most").setValue(duration(2, "mo")),
            "most is not a whole positive number of min, h, d or wk"),
        wrong(
            "has no most distance",
            l -> fact(l).getExtension().removeIf(e -> e.getUrl().equals("most")),
            "it has no most distance"),
        wrong(
            "has no code",
            l -> fact(l).getExtension().removeIf(e -> e.getUrl().equals("code")),
            "it names no codes"),
        wrong(
            "names half a code",
            l -> fact(l).addExtension(part("code", new Coding(null, "meal", null))),
            "code is not a Coding with system and code"),
        wrong(
            "names an unpinned ValueSet",
            l -> fact(l).addExtension(part("valueSet", new CanonicalType("urn:meals"))),
            "ValueSet urn:meals is not pinned to a version"),
        wrong(
            "reads a type that is not there",
            l -> fact(l).getExtensionByUrl("type").setValue(new CodeType("NutritionOrder")),
            "'NutritionOrder' is no type of facts that lend a context"),
        wrong(
            "gives no context",
            l -> fact(l).getExtension().removeIf(e -> e.getUrl().equals("context")),
            "it gives no context"),
        wrong(
            "gives two contexts",
            l -> fact(l).addExtension(context()),
            "context is there more than"),
        wrong(
            "has an unknown part",
            l -> fact(l).addExtension(part("within", duration(2, "h"))),
            "nothing reads its part 'within'"),
        wrong(
            "asks a component for no answer",
            l -> recorded(l).getExtension().removeIf(e -> e.getUrl().equals("answer")),
            "component and answer go together"),
        wrong(
            "says nothing of the record",
            l -> l.addExtension(condition(ContextUrls.RECORDED)),
            "it says neither code nor component"),
        wrong(
            "is after by a word",
            l -> fact(l).addExtension(part("after", new StringType("yes"))),
            "after is not a boolean"),
        wrong(
            "takes what features take",
            l -> l.addExtension(FeatureUrls.CATEGORY, new CodeType("laboratory")),
            "a context rule does not take it"),
        wrong(
            "is misspelt",
            l -> l.addExtension(ContextUrls.TIME + "s", new CodeType("x")),
            "a context rule does not take it"),
        wrong(
            "has a modifier",
            l -> l.addModifierExtension(new Extension("urn:m", new StringType("x"))),
            "nothing reads it"));
  }

  private static Arguments wrong(String what, Consumer<Library> change, String problem) {
    return Arguments.of(what, change, problem);
  }

  private static Extension fact(Library library) {
    return library.getExtensionByUrl(ContextUrls.FACT);
  }

  private static Extension recorded(Library library) {
    return library.getExtensionsByUrl(ContextUrls.RECORDED).get(0);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("wrong")
  void refuses(String what, Consumer<Library> change, String problem) {
    assertThat(problems(changed(change))).singleElement().asString().startsWith(problem);
  }

  @Test
  void tellsAllReasonsAtOnce() {
    Library wrong =
        changed(
            l -> {
              l.setVersion(null);
              l.setRelatedArtifact(null);
              l.addExtension(ContextUrls.ZONE, new CodeType("Nowhere"));
              fact(l).getExtension().removeIf(e -> e.getUrl().equals("most"));
              l.addExtension(time("06:00:00", "09:00:00"));
              l.addExtension(time("08:00:00", "10:00:00"));
            });

    assertThat(problems(wrong))
        .containsExactlyInAnyOrder(
            "it is missing",
            "there is no evidence",
            "'Nowhere' is no time zone",
            "it has no most distance",
            "intervals 0 and 1 overlap");
  }

  @Test
  void neighboursOfOneDayAndOtherFactsAreNoOverlap() {
    Library right =
        changed(
            l -> {
              l.addExtension(time("06:00:00", "09:00:00"));
              l.addExtension(time("09:00:00", "22:00:00"));
              l.addExtension(time("22:00:00", "06:00:00"));
              l.addExtension(fact(60, 119, "min"));
              l.addExtension(fact(2, 3, "h"));
            });

    assertThat(problems(right)).isEmpty();
  }

  @Test
  void aFeatureNamesAContextAndItsRuleTogether() {
    Library feature = new Library();
    feature.addExtension(FeatureUrls.CONTEXT_RULE, new CanonicalType("urn:rule|1.0.0"));
    feature.addExtension(FeatureUrls.CONTEXT_RULE, new CanonicalType("urn:unpinned"));

    assertThat(ContextRules.named(feature)).isEqualTo(List.of("urn:rule|1.0.0"));
    assertThat(Set.of(ContextUrls.CONTEXT_RULE)).doesNotContain(FeatureUrls.CONTEXT_RULE);
  }
}
