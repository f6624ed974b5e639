package org.auscult.prove.asof;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.auscult.prove.FhirCalls;
import org.auscult.prove.asof.Comparison.Difference;
import org.junit.jupiter.api.Test;

/** The proof can fail: faults planted in a server's answer are found, each by its kind. */
class PlantedFaultsTest {
  private static final Instant AT = Instant.parse("2024-06-01T12:00:00Z");
  private static final String FEATURE = "creatinine";
  private static final String FIRST = "Observation/o/_history/1";
  private static final String CORRECTED = "Observation/o/_history/2";
  private static final String COMING = "Observation/f/_history/1";

  private final Reference reference = new Reference(new Definitions(), ZoneOffset.UTC);
  private final Histories histories =
      new Histories(
          List.of(
              observation("o", 1, "95", "2024-05-30T08:00:00Z", "2024-05-30T09:00:00Z"),
              observation("o", 2, "105", "2024-05-30T08:00:00Z", "2024-06-20T09:00:00Z"),
              observation("f", 1, "200", "2024-06-10T08:00:00Z", "2024-05-31T09:00:00Z")),
          reference.statements());

  @Test
  void aTrueAnswerIsFoundTrue() {
    assertThat(of(vector(AT)).value()).isEqualTo(95);
    assertThat(kinds(UnaryOperator.identity())).isEmpty();
    assertThat(leaks(vector(AT))).isEmpty();
  }

  @Test
  void theCorrectionIsSeenOnceItIsKnown() {
    Expected later = of(vector(Instant.parse("2024-06-20T09:00:00Z")));

    assertThat(later.value()).isEqualTo(105);
    assertThat(later.evidence()).containsExactly(CORRECTED);
  }

  @Test
  void oneWrongValueIsFound() {
    assertThat(kinds(e -> replaced(e, 95.001, e.unit(), e.evidence()))).containsExactly("value");
  }

  @Test
  void aMissingEvidenceIsFound() {
    assertThat(kinds(e -> replaced(e, e.value(), e.unit(), Set.of()))).containsExactly("evidence");
  }

  @Test
  void aForeignUnitIsFound() {
    assertThat(kinds(e -> replaced(e, e.value(), "mg/dL", e.evidence()))).containsExactly("unit");
  }

  @Test
  void aMissingValueIsFound() {
    assertThat(kinds(e -> Expected.missing(FEATURE, "not-recorded"))).containsExactly("missing");
  }

  @Test
  void aWrongReasonIsFound() {
    List<Expected> must = List.of(Expected.missing(FEATURE, "not-recorded"));
    List<Expected> is = List.of(Expected.missing(FEATURE, "outside-window"));

    assertThat(kinds(Comparison.compare(must, is))).containsExactly("missing");
  }

  @Test
  void aDefaultInPlaceOfAMeasurementIsFound() {
    assertThat(kinds(e -> Expected.fallback(FEATURE, e.value(), e.unit()))).contains("origin");
  }

  @Test
  void aWrongTimeIsFound() {
    Expected right = of(vector(AT));
    Expected wrong =
        new Expected(
            right.name(),
            "",
            right.value(),
            right.unit(),
            right.origin(),
            right.evidence(),
            Instant.parse("2024-05-30T08:00:01Z"),
            Instant.parse("2024-05-30T09:00:01Z"));

    assertThat(kinds(e -> wrong)).containsExactly("effective", "known");
  }

  @Test
  void aFeatureLeftOutIsFound() {
    List<Expected> must = vector(AT);

    assertThat(kinds(Comparison.compare(must, must.subList(1, must.size()))))
        .containsExactly("order");
  }

  @Test
  void aLaterCorrectionThatLeakedIsFound() {
    UnaryOperator<Expected> leak = e -> replaced(e, 105, e.unit(), Set.of(CORRECTED));

    assertThat(kinds(leak)).containsExactly("value", "evidence");
    assertThat(leaks(planted(leak))).singleElement().asString().contains("later " + CORRECTED);
  }

  @Test
  void aComingMeasurementThatLeakedIsFound() {
    assertThat(leaks(planted(e -> replaced(e, 200, e.unit(), Set.of(FIRST, COMING)))))
        .singleElement()
        .asString()
        .contains("coming " + COMING);
  }

  @Test
  void evidenceThatNobodyWroteIsFound() {
    assertThat(leaks(planted(e -> replaced(e, 95, e.unit(), Set.of("Observation/x/_history/1")))))
        .singleElement()
        .asString()
        .contains("unknown Observation/x");
  }

  @Test
  void aDeletedMeasurementIsNoMoreKnown() {
    List<Version> versions = new ArrayList<>(histories.versions());
    versions.add(new Version("Observation", "o", 3, null, Instant.parse("2024-06-21T09:00:00Z")));
    Histories deleted = new Histories(versions, reference.statements());
    Instant before = Instant.parse("2024-06-21T08:59:59.999Z");

    assertThat(of(reference.vector("p", deleted.knownAt(before), AT)).value()).isEqualTo(105);
    assertThat(of(reference.vector("p", deleted.knownAt(before.plusMillis(1)), AT)).missing())
        .isEqualTo("not-recorded");
  }

  @Test
  void anAnswerOfTheServerIsReadWhole() {
    ObjectNode parameters = FhirCalls.JSON.createObjectNode().put("resourceType", "Parameters");
    ArrayNode all = parameters.putArray("parameter");
    all.addObject().put("name", "epoch").put("valueDecimal", 7);
    ArrayNode parts = all.addObject().put("name", "feature").putArray("part");
    parts.addObject().put("name", "name").put("valueString", FEATURE);
    parts
        .addObject()
        .put("name", "value")
        .putObject("valueQuantity")
        .put("value", 95)
        .put("code", "umol/L");
    parts.addObject().put("name", "origin").put("valueCode", "record");
    parts.addObject().put("name", "evidence").putObject("valueReference").put("reference", FIRST);
    parts.addObject().put("name", "effective").put("valueInstant", "2024-05-30T08:00:00.000Z");
    parts.addObject().put("name", "known").put("valueInstant", "2024-05-30T09:00:00.000Z");

    Answer answer = Answer.of(parameters);

    assertThat(answer.epoch()).isEqualTo(7);
    assertThat(Comparison.compare(List.of(of(vector(AT))), answer.values())).isEmpty();
  }

  /** The vector as of AT, of what the record knew at an instant. */
  private List<Expected> vector(Instant known) {
    return reference.vector("p", histories.knownAt(known), AT);
  }

  private static Expected of(List<Expected> vector) {
    return vector.stream().filter(e -> e.name().equals(FEATURE)).findFirst().orElseThrow();
  }

  private List<Expected> planted(UnaryOperator<Expected> fault) {
    return vector(AT).stream().map(e -> e.name().equals(FEATURE) ? fault.apply(e) : e).toList();
  }

  private List<String> kinds(UnaryOperator<Expected> fault) {
    return kinds(Comparison.compare(vector(AT), planted(fault)));
  }

  private static List<String> kinds(List<Difference> differences) {
    return differences.stream().map(Difference::kind).toList();
  }

  private List<Difference> leaks(List<Expected> answered) {
    return Comparison.leaks(answered, AT, AT, histories.byReference(), reference.statements());
  }

  private static Expected replaced(Expected e, double value, String unit, Set<String> evidence) {
    return new Expected(e.name(), "", value, unit, e.origin(), evidence, e.effective(), e.known());
  }

  private static Version observation(
      String id, long version, String value, String effective, String stored) {
    ObjectNode json = FhirCalls.JSON.createObjectNode().put("resourceType", "Observation");
    json.put("id", id).put("status", "final").put("effectiveDateTime", effective);
    json.putObject("subject").put("reference", "Patient/p");
    json.putObject("code")
        .putArray("coding")
        .addObject()
        .put("system", Definitions.LOINC)
        .put("code", "2160-0");
    json.putObject("valueQuantity").put("value", new BigDecimal(value)).put("code", "umol/L");
    return new Version("Observation", id, version, json, Instant.parse(stored));
  }
}
