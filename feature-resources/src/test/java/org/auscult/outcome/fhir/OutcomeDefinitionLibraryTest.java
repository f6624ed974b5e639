package org.auscult.outcome.fhir;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import org.auscult.feature.fhir.FeatureDefinitions;
import org.auscult.feature.fhir.ProfileExtensions;
import org.auscult.outcome.EventRule;
import org.auscult.outcome.FollowUp;
import org.auscult.outcome.Horizon;
import org.auscult.outcome.OutcomeDefinition;
import org.auscult.timeline.Code;
import org.auscult.timeline.Comparator;
import org.auscult.unit.CodeUnits;
import org.hl7.fhir.r4.model.BooleanType;
import org.hl7.fhir.r4.model.CanonicalType;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Duration;
import org.hl7.fhir.r4.model.Enumerations.PublicationStatus;
import org.hl7.fhir.r4.model.Library;
import org.hl7.fhir.r4.model.Quantity;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class OutcomeDefinitionLibraryTest {
  private static final FhirContext FHIR = FhirContext.forR4Cached();
  private static final Map<String, Consumer<OutcomeDefinitionLibrary>> FIELDS = fields();

  private static Map<String, Consumer<OutcomeDefinitionLibrary>> fields() {
    Map<String, Consumer<OutcomeDefinitionLibrary>> f = new LinkedHashMap<>();
    Quantity above = new Quantity().setValue(6).setCode("mmol/L");
    above.setComparator(Quantity.QuantityComparator.GREATER_THAN);
    f.put(OutcomeUrls.EVENT, l -> l.setEvent(new CodeType("crossing")));
    f.put(OutcomeUrls.THRESHOLD, l -> l.setThreshold(above));
    f.put(OutcomeUrls.CONFIRMED_AFTER, l -> l.setConfirmedAfter(duration(1)));
    f.put(OutcomeUrls.CONFIRMED_WITHIN, l -> l.setConfirmedWithin(duration(3)));
    f.put(OutcomeUrls.MEASURED, l -> l.setMeasured(new BooleanType(true)));
    f.put(OutcomeUrls.EXCEPT, l -> l.getExcept().add(coding("x")));
    f.put(OutcomeUrls.EXCEPT_VALUE_SET, l -> l.setExceptValueSet(canonical("set")));
    f.put(OutcomeUrls.HORIZON, l -> l.setHorizon(duration(30)));
    f.put(OutcomeUrls.HORIZON_FROM, l -> l.setHorizonFrom(new CodeType("index")));
    f.put(OutcomeUrls.HORIZON_ENCOUNTER, l -> l.getHorizonEncounter().add(coding("IMP")));
    f.put(OutcomeUrls.HORIZON_ENDS, l -> l.setHorizonEnds(new CodeType("closed-open")));
    f.put(OutcomeUrls.BLANKING, l -> l.setBlanking(duration(2)));
    f.put(OutcomeUrls.WASHOUT, l -> l.setWashout(duration(7)));
    f.put(OutcomeUrls.FIRST_EVER, l -> l.setFirstEver(new BooleanType(false)));
    f.put(OutcomeUrls.EXCLUSION, l -> l.getExclusion().add(canonical("excluded")));
    f.put(OutcomeUrls.REQUIREMENT, l -> l.getRequirement().add(canonical("required")));
    f.put(OutcomeUrls.COMPETING, l -> l.getCompeting().add(canonical("competing")));
    f.put(OutcomeUrls.FOLLOW_UP_ENCOUNTER, l -> l.getFollowUpEncounter().add(coding("AMB")));
    f.put(OutcomeUrls.FOLLOW_UP_FEATURE, l -> l.getFollowUpFeature().add(canonical("seen")));
    f.put(OutcomeUrls.FOLLOW_UP_TOLERANCE, l -> l.setFollowUpTolerance(duration(4)));
    return f;
  }

  static Set<String> urls() {
    return FIELDS.keySet();
  }

  /** What it shares with features stays an extension. */
  @Test
  void eachOfItsOwnExtensionsHasAField() throws IOException {
    assertThat(ProfileExtensions.of("outcome-definition"))
        .filteredOn(url -> url.contains("/outcome-"))
        .containsExactlyInAnyOrderElementsOf(FIELDS.keySet());
  }

  @ParameterizedTest
  @MethodSource("urls")
  void eachFieldIsItsExtension(String url) {
    OutcomeDefinitionLibrary typed = new OutcomeDefinitionLibrary();
    assertThat(typed.isEmpty()).isTrue();
    Objects.requireNonNull(FIELDS.get(url)).accept(typed);

    assertThat(typed.isEmpty()).isFalse();
    assertThat(typed.toPlain().getExtension()).extracting(e -> e.getUrl()).containsExactly(url);
    assertThat(typed.copy().toPlain().equalsDeep(typed.toPlain())).isTrue();
    String json = FHIR.newJsonParser().encodeResourceToString(typed);
    OutcomeDefinitionLibrary parsed =
        FHIR.newJsonParser().parseResource(OutcomeDefinitionLibrary.class, json);
    assertThat(parsed.toPlain().getExtensionByUrl(url).getValue())
        .matches(value -> value.equalsDeep(typed.toPlain().getExtensionByUrl(url).getValue()));
  }

  @Test
  void isReadAsThePlainOneIs() {
    OutcomeDefinitionLibrary typed = new OutcomeDefinitionLibrary();
    typed.setUrl("https://example.org/Library/k").setVersion("1.0.0").setName("k");
    typed.setStatus(PublicationStatus.ACTIVE);
    typed
        .addDataRequirement()
        .setType("Observation")
        .addCodeFilter()
        .addCode(new Coding("http://loinc.org", "2823-3", null));
    for (String url :
        List.of(
            OutcomeUrls.EVENT,
            OutcomeUrls.THRESHOLD,
            OutcomeUrls.CONFIRMED_AFTER,
            OutcomeUrls.CONFIRMED_WITHIN,
            OutcomeUrls.HORIZON,
            OutcomeUrls.HORIZON_ENDS,
            OutcomeUrls.BLANKING,
            OutcomeUrls.WASHOUT,
            OutcomeUrls.EXCLUSION,
            OutcomeUrls.FOLLOW_UP_FEATURE)) {
      Objects.requireNonNull(FIELDS.get(url)).accept(typed);
    }
    OutcomeDefinitions reader =
        new OutcomeDefinitions(new FeatureDefinitions(CodeUnits.standard()));

    OutcomeDefinition read = reader.read(typed).orThrow();

    assertThat(read).isEqualTo(reader.read(typed.toPlain()).orThrow());
    assertThat(read.event())
        .isInstanceOfSatisfying(
            EventRule.Crossing.class,
            crossing -> {
              assertThat(crossing.threshold().comparator()).isEqualTo(Comparator.GREATER);
              assertThat(crossing.values().codes()).containsExactly(Code.loinc("2823-3"));
              assertThat(crossing.values().unit()).isEqualTo("mmol/L");
              assertThat(crossing.confirmation()).isNotNull();
            });
    assertThat(read.horizon().anchor()).isEqualTo(Horizon.Anchor.INDEX);
    assertThat(read.horizon().startInclusive()).isTrue();
    assertThat(read.horizon().endInclusive()).isFalse();
    assertThat(read.exclusions()).containsExactly("https://example.org/Library/excluded|1");
    assertThat(read.followUp())
        .isEqualTo(new FollowUp(Set.of(), List.of("https://example.org/Library/seen|1"), null));
    assertThat(OutcomeDefinitions.features(typed))
        .containsExactly(
            "https://example.org/Library/excluded|1", "https://example.org/Library/seen|1");
    Library plain = typed.toPlain();
    plain.getMeta().addProfile(OutcomeUrls.OUTCOME_DEFINITION);
    assertThat(OutcomeDefinitions.isOne(plain)).isTrue();
  }

  private static Duration duration(int days) {
    Duration duration = new Duration();
    duration.setValue(days).setSystem("http://unitsofmeasure.org").setCode("d");
    return duration;
  }

  private static Coding coding(String code) {
    return new Coding("http://terminology.hl7.org/CodeSystem/v3-ActCode", code, null);
  }

  private static CanonicalType canonical(String name) {
    return new CanonicalType("https://example.org/Library/" + name + "|1");
  }
}
