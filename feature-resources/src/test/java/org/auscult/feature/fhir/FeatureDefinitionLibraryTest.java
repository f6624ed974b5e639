package org.auscult.feature.fhir;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import java.io.IOException;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.BooleanType;
import org.hl7.fhir.r4.model.CanonicalType;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Duration;
import org.hl7.fhir.r4.model.Extension;
import org.hl7.fhir.r4.model.Library;
import org.hl7.fhir.r4.model.PositiveIntType;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.Range;
import org.hl7.fhir.r4.model.StringType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** No field is lost on any road: typed, plain, JSON, copy. */
class FeatureDefinitionLibraryTest {
  private static final FhirContext FHIR = FhirContext.forR4();

  private static final Map<String, Consumer<FeatureDefinitionLibrary>> FIELDS = fields();

  private static Map<String, Consumer<FeatureDefinitionLibrary>> fields() {
    Map<String, Consumer<FeatureDefinitionLibrary>> f = new LinkedHashMap<>();
    f.put(FeatureUrls.OPERATOR, l -> l.setOperator(new CodeType("latest")));
    f.put(FeatureUrls.LOOKBACK, l -> l.setLookback(duration(1)));
    f.put(FeatureUrls.UNIT, l -> l.setUnit(new CodeType("kg")));
    f.put(FeatureUrls.PLAUSIBLE_RANGE, l -> l.setPlausibleRange(range(2)));
    f.put(FeatureUrls.MISSING_DEFAULT, l -> l.setMissingDefault(new Quantity(3)));
    f.put(FeatureUrls.STATUS, l -> l.getCountingStatus().add(new CodeType("final")));
    f.put(FeatureUrls.TRUE_VALUES, l -> l.setTrueValues(new CanonicalType("urn:yes|1")));
    f.put(FeatureUrls.FALSE_VALUES, l -> l.setFalseValues(new CanonicalType("urn:no|1")));
    f.put(FeatureUrls.TRUE_ABOVE, l -> l.getTrueAbove().add(new Quantity(4)));
    f.put(FeatureUrls.ANCHOR, l -> l.setAnchor(new StringType("anchor")));
    f.put(FeatureUrls.VALUE_UNIT, l -> l.setValueUnit(new CodeType("g")));
    f.put(FeatureUrls.NTH, l -> l.setNth(new PositiveIntType(5)));
    f.put(FeatureUrls.RANGE, l -> l.setRange(range(6)));
    f.put(FeatureUrls.BASELINE, l -> l.setBaseline(new CodeType("first")));
    f.put(FeatureUrls.DISTINCT, l -> l.setDistinct(new CodeType("day")));
    f.put(FeatureUrls.EXPRESSION, l -> l.setExpression(new StringType("a + b")));
    f.put(
        FeatureUrls.SINCE_ENCOUNTER,
        l -> l.getSinceEncounter().add(new Coding("urn:c", "IMP", null)));
    f.put(FeatureUrls.SINCE_FEATURE, l -> l.setSinceFeature(new StringType("surgery")));
    f.put(FeatureUrls.SINCE_CALENDAR, l -> l.setSinceCalendar(new CodeType("mo")));
    f.put(FeatureUrls.WINDOW_GAP, l -> l.setWindowGap(duration(7)));
    f.put(FeatureUrls.WINDOW_ENDS, l -> l.setWindowEnds(new CodeType("open-open")));
    f.put(FeatureUrls.CATEGORY, l -> l.getCategory().add(new CodeType("laboratory")));
    f.put(FeatureUrls.INTERPRETATION, l -> l.getInterpretation().add(new CodeType("H")));
    f.put(
        FeatureUrls.ENCOUNTER_CLASS,
        l -> l.getEncounterClass().add(new Coding("urn:c", "AMB", null)));
    f.put(FeatureUrls.DISPLAY, l -> l.getDisplay().add(new StringType("sitting")));
    f.put(FeatureUrls.FLAG, l -> l.getFlag().add(new CodeType("low")));
    f.put(FeatureUrls.LOCATION, l -> l.getLocation().add(new Coding("urn:w", "icu", null)));
    f.put(FeatureUrls.PERFORMER, l -> l.getPerformer().add(new Coding("urn:s", "k7", null)));
    f.put(FeatureUrls.BODY_SITE, l -> l.getBodySite().add(new Coding("urn:b", "arm", null)));
    f.put(FeatureUrls.METHOD, l -> l.getMethod().add(new Coding("urn:m", "by ear", null)));
    f.put(FeatureUrls.DEVICE, l -> l.getDevice().add(new Coding("urn:d", "cuff", null)));
    f.put(FeatureUrls.CONTEXT, l -> l.setContext(new Coding("urn:x", "fed", null)));
    f.put(FeatureUrls.CONTEXT_RULE, l -> l.setContextRule(new CanonicalType("urn:rule|1.0.0")));
    f.put(FeatureUrls.WITH_MODELS, l -> l.setWithModels(new BooleanType(true)));
    f.put(FeatureUrls.MISSING_CARRY, l -> l.setMissingCarry(duration(8)));
    f.put(FeatureUrls.MISSING_REFUSE, l -> l.setMissingRefuse(new BooleanType(true)));
    f.put(FeatureUrls.REFERENCE_RANGE, l -> l.setReferenceRange(range(9)));
    f.put(FeatureUrls.EXPANSION, l -> l.setExpansion(new StringType("sha-256:0")));
    return f;
  }

  private static Duration duration(int days) {
    Duration duration = new Duration();
    duration.setValue(days).setCode("d");
    return duration;
  }

  private static Range range(int low) {
    return new Range().setLow(new Quantity(low)).setHigh(new Quantity(low + 1));
  }

  static Stream<String> urls() {
    return FIELDS.keySet().stream();
  }

  private static FeatureDefinitionLibrary with(String url) {
    FeatureDefinitionLibrary library = new FeatureDefinitionLibrary();
    Objects.requireNonNull(FIELDS.get(url)).accept(library);
    return library;
  }

  @ParameterizedTest
  @MethodSource("urls")
  void aFieldAloneIsKeptOnEveryRoad(String url) {
    FeatureDefinitionLibrary typed = with(url);
    Library plain = typed.toPlain();

    assertThat(typed.isEmpty()).isFalse();
    assertThat(plain.getExtension()).extracting(Extension::getUrl).containsExactly(url);
    assertThat(typed.copy().toPlain().equalsDeep(plain)).isTrue();
    String json = FHIR.newJsonParser().encodeResourceToString(typed);
    FeatureDefinitionLibrary parsed =
        FHIR.newJsonParser().parseResource(FeatureDefinitionLibrary.class, json);
    assertThat(parsed.toPlain().getExtensionByUrl(url).equalsDeep(plain.getExtensionByUrl(url)))
        .isTrue();
    Library read = FhirContext.forR4Cached().newJsonParser().parseResource(Library.class, json);
    assertThat(read.getExtensionByUrl(url).equalsDeep(plain.getExtensionByUrl(url))).isTrue();
  }

  /** A review is a complex extension, and stays one. */
  @Test
  void eachSimpleExtensionOfTheProfileHasAField() throws IOException {
    Set<String> ofTheProfile = new HashSet<>(ProfileExtensions.of("feature-definition"));
    ofTheProfile.remove(FeatureUrls.REVIEW);

    assertThat(FIELDS.keySet()).isEqualTo(ofTheProfile);
  }

  @Test
  void allFieldsTogetherAreKeptAndACopyIsItsOwn() {
    FeatureDefinitionLibrary all = new FeatureDefinitionLibrary();
    FIELDS.values().forEach(field -> field.accept(all));
    Library plain = all.toPlain();
    FeatureDefinitionLibrary copy = all.copy();
    assertThat(plain.getExtension())
        .extracting(Extension::getUrl)
        .containsExactlyInAnyOrderElementsOf(FIELDS.keySet());

    copy.getSinceEncounter().get(0).setCode("EMER");
    copy.getEncounterClass().clear();
    copy.getDisplay().get(0).setValue("standing");
    Objects.requireNonNull(copy.getExpression()).setValue("c");
    Objects.requireNonNull(copy.getWindowGap()).setValue(99);

    assertThat(all.toPlain().equalsDeep(plain)).isTrue();
    assertThat(new FeatureDefinitionLibrary().isEmpty()).isTrue();
  }
}
