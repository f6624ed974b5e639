package org.auscult.cds.hook;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.auscult.cds.LocalPatients.Identifier;
import org.auscult.cds.LocalPatients.Identity;
import org.auscult.cds.caller.CallerRecord;
import org.auscult.cds.fhir.Asked;
import org.auscult.cds.fhir.DraftOrders;
import org.auscult.cds.fhir.PrefetchReader;
import org.auscult.model.RegisteredModel;
import org.auscult.prediction.FactBasis;
import org.auscult.timeline.Fact;
import org.auscult.timeline.FactValue;
import org.auscult.timeline.ResourceKind;
import org.auscult.unit.CodeUnits;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Our record and what the caller sent, joined: each observation counts once.
 *
 * <p>Safety: 1.
 */
class PatientGathererTest {
  private static final Identity ERIKA =
      new Identity(List.of(new Identifier("urn:oid:1.2.3", "MRN-1")), "1974-03-01", "female");

  private final World world = new World();
  private final Map<String, JsonNode> prefetch = new HashMap<>();

  @ParameterizedTest(name = "version {0} here, {1} there: {2}")
  @CsvSource({"2,3,25", "2,2,35", "2,1,35", "2,none,25"})
  void ofOneResourceTheLaterVersionStandsAlone(String here, String there, String expected) {
    world.record("p1", bmi("o4", "35", here));
    prefetch.put("observation", CallBuilder.bundle(bmi("o4", "25", there)));

    Gathered gathered = gathered(World.OURS);
    assertThat(values(gathered)).containsExactly(expected);
    assertThat(gathered.basis())
        .isEqualTo(expected.equals("35") ? FactBasis.RECORD : FactBasis.CALLER);
  }

  @Test
  void whatOnlyOneSideHasIsKeptFromBoth() {
    world.record("p1", bmi("o4", "35", "1"));
    prefetch.put("observation", CallBuilder.bundle(bmi("o5", "25", "1")));

    Gathered gathered = gathered(World.OURS);
    assertThat(values(gathered)).containsExactlyInAnyOrder("35", "25");
    assertThat(gathered.timeline().facts()).extracting(Fact::patient).containsOnly("p1");
    assertThat(gathered.basis()).isEqualTo(FactBasis.CALLER);
  }

  @Test
  void whatSaysTheSameOfTheSameTimeCountsOnceIfIdsDiffer() {
    world.people.put(ERIKA, "local7");
    world.record("local7", bmi("mine", "35", "1"));
    prefetch.put("patient", CallBuilder.example().prefetch.path("patient"));
    prefetch.put("observation", CallBuilder.bundle(bmi("a", "35", "1"), bmi("b", "25", "1")));

    assertThat(values(gathered(CallBuilder.EHR))).containsExactlyInAnyOrder("35", "25");
  }

  /** What the caller proves absent of our own patient, our record says itself. */
  @Test
  void withoutAnythingOfTheCallersItIsOurRecordAlone() {
    world.record("p1", bmi("o4", "35", "1"));
    assertThat(gathered(World.OURS).basis()).isEqualTo(FactBasis.RECORD);

    prefetch.put("condition", CallBuilder.bundle());
    assertThat(gathered(World.OURS).basis()).isEqualTo(FactBasis.RECORD);
  }

  @ParameterizedTest(name = "versions {0} and {1}: {2}")
  @CsvSource({"1,2,22", "2,1,21", "1,1,21", "none,1,22"})
  void ofOneResourceSentTwiceTheLaterVersionStands(String first, String second, String expected) {
    prefetch.put("observation", CallBuilder.bundle(bmi("o4", "21", first)));
    prefetch.put("vendor", CallBuilder.bundle(bmi("o4", "22", second)));

    assertThat(values(gathered(CallBuilder.EHR))).containsExactly(expected);
  }

  @Test
  void anUnreadableResourceWithholdsWhatOurRecordSaysOfIt() {
    world.record("p1", bmi("o4", "35", "1"), CallBuilder.condition("c1", "44054006"));
    JsonNode broken = CallBuilder.quantity("o9", "39156-5", "\"heavy\"", "kg/m2");
    prefetch.put("observation", CallBuilder.bundle(broken));
    prefetch.put("condition", CallBuilder.bundle());

    Gathered gathered = gathered(World.OURS);
    assertThat(values(gathered)).isEmpty();
    assertThat(gathered.findings()).isEqualTo(1);
    assertThat(gathered.basis()).isEqualTo(FactBasis.CALLER);
    assertThat(gathered.timeline().complete())
        .contains(ResourceKind.CONDITION, ResourceKind.MEDICATION_REQUEST)
        .doesNotContain(ResourceKind.OBSERVATION);
  }

  @Test
  void onlyKindsWithAllKeysAreComplete() {
    prefetch.put("observation", CallBuilder.bundle());
    prefetch.put("condition", CallBuilder.bundle().put("total", 1));

    Gathered gathered = gathered(CallBuilder.EHR);
    assertThat(gathered.timeline().complete()).containsExactly(ResourceKind.OBSERVATION);
    assertThat(gathered.basis()).isEqualTo(FactBasis.CALLER);
    assertThat(gathered.missingKeys()).containsExactlyInAnyOrder("patient", "medicationRequest");
  }

  private Gathered gathered(String server) {
    RegisteredModel model = PreventExample.catalog().find(PreventExample.MODEL).orElseThrow();
    PatientGatherer gatherer =
        new PatientGatherer(
            world.ports(CallerRecord.NONE),
            new HookSettings(Set.of(World.OURS), PreventExample.ZONE),
            new PrefetchReader(PreventExample.ZONE, CodeUnits.standard()));
    return gatherer.gather(
        new HookRequest(
            "patient-view",
            UUID.randomUUID(),
            server,
            null,
            "p1",
            "Practitioner/dr1",
            null,
            new ContextValues(Map.of("patientId", "p1")),
            prefetch,
            DraftOrders.NONE),
        Asked.from(List.of(model.features())),
        List.copyOf(model.features().needs()),
        World.NOW);
  }

  private static List<String> values(Gathered gathered) {
    List<String> values = new ArrayList<>();
    for (Fact fact : gathered.timeline().facts()) {
      if (fact.value() instanceof FactValue.Measured measured) {
        values.add(measured.original().value().toPlainString());
      }
    }
    return values;
  }

  private static JsonNode bmi(String id, String value, String version) {
    String json = CallBuilder.quantity(id, "39156-5", value, "kg/m2").toString();
    return CallBuilder.read(
        version.equals("none")
            ? json.replace("\"meta\":{\"versionId\":\"1\"},", "")
            : json.replace("\"versionId\":\"1\"", "\"versionId\":\"" + version + "\""));
  }
}
