package org.auscult.feature.fhir;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.auscult.feature.FeatureDefinition;
import org.auscult.unit.CodeUnits;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Duration;
import org.hl7.fhir.r4.model.Enumerations.PublicationStatus;
import org.hl7.fhir.r4.model.Library;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.Range;
import org.hl7.fhir.r4.model.StringType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A definition that would read the future, or nothing, or what nobody reads, is refused. */
class UnreadPartsTest {
  private static final FeatureDefinitions READER = new FeatureDefinitions(CodeUnits.standard());

  private static Library pulse() {
    Library library = new Library();
    library.getMeta().addProfile(FeatureUrls.FEATURE_DEFINITION);
    library.setUrl("urn:pulse").setVersion("1.0.0").setName("pulse");
    library.setStatus(PublicationStatus.DRAFT);
    library
        .addDataRequirement()
        .setType("Observation")
        .addCodeFilter()
        .addCode(new Coding("http://loinc.org", "8867-4", null));
    library.addExtension(FeatureUrls.OPERATOR, new CodeType("latest"));
    library.addExtension(FeatureUrls.UNIT, new CodeType("/min"));
    return library;
  }

  private static Duration hours(int hours) {
    Duration duration = new Duration();
    duration.setValue(hours).setCode("h");
    return duration;
  }

  static Stream<Arguments> wrong() {
    return Stream.of(
        wrong("a look-back into the future", l -> l.addExtension(FeatureUrls.LOOKBACK, hours(-1))),
        wrong("a gap into the future", l -> l.addExtension(FeatureUrls.WINDOW_GAP, hours(-1))),
        wrong("a window of no length", l -> l.addExtension(FeatureUrls.LOOKBACK, hours(0))),
        wrong(
            "a window that ends before it begins",
            l -> {
              l.addExtension(FeatureUrls.LOOKBACK, hours(2));
              l.addExtension(FeatureUrls.WINDOW_GAP, hours(2));
            }),
        wrong(
            "a carried value from the future",
            l -> l.addExtension(FeatureUrls.MISSING_CARRY, hours(-2))),
        wrong(
            "dates of its own",
            l -> l.getDataRequirementFirstRep().addDateFilter().setPath("effective")),
        wrong("a limit", l -> l.getDataRequirementFirstRep().setLimit(1)),
        wrong(
            "a misspelt window",
            l ->
                l.addExtension(
                    FeatureUrls.BASE + "/StructureDefinition/feature-look-back", hours(1))),
        wrong(
            "a modifier",
            l ->
                l.addModifierExtension()
                    .setUrl("https://example.org/not")
                    .setValue(new StringType("not"))),
        wrong(
            "no codes",
            l -> l.getDataRequirementFirstRep().getCodeFilterFirstRep().setCode(List.of())),
        wrong("no requirement", l -> l.setDataRequirement(null)),
        wrong(
            "a reference range in a foreign unit",
            l ->
                l.addExtension(
                    FeatureUrls.REFERENCE_RANGE,
                    new Range().setLow(new Quantity(1).setCode("kg")))));
  }

  private static Arguments wrong(String what, Consumer<Library> change) {
    return Arguments.of(what, change);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("wrong")
  void isRefused(String what, Consumer<Library> change) {
    Library library = pulse();
    change.accept(library);

    assertThat(READER.read(library)).as(what).isInstanceOf(Parsed.Refused.class);
  }

  @Test
  void theRestIsAccepted() {
    Library library = pulse();
    library.addExtension(FeatureUrls.LOOKBACK, hours(2));
    library.addExtension(FeatureUrls.WINDOW_GAP, hours(1));
    library.addExtension(
        FeatureUrls.REFERENCE_RANGE,
        new Range()
            .setLow(new Quantity().setValue(60).setCode("/min"))
            .setHigh(new Quantity().setValue(100).setCode("/min")));
    library.addExtension("https://example.org/of-others", new StringType("is not ours"));

    Parsed<FeatureDefinition> parsed = READER.read(library);
    assertThat(parsed).as(parsed.toString()).isInstanceOf(Parsed.Accepted.class);
  }
}
