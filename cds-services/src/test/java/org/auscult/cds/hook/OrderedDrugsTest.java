package org.auscult.cds.hook;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.auscult.cds.caller.CallerAccess;
import org.auscult.cds.caller.CallerRecord;
import org.auscult.cds.fhir.Asked;
import org.auscult.cds.fhir.Fetched;
import org.auscult.cds.fhir.PrefetchReader;
import org.auscult.cds.fhir.Shortfall;
import org.auscult.cds.fhir.Wanted;
import org.auscult.deployment.Hook;
import org.auscult.model.RegisteredModel;
import org.auscult.order.DraftOrder;
import org.auscult.timeline.Code;
import org.auscult.unit.CodeUnits;
import org.junit.jupiter.api.Test;

/**
 * A draft may name its drug by a reference to the caller's server: then only that server knows it.
 *
 * <p>Checklist: 16, 20. Safety: 13.
 */
class OrderedDrugsTest {
  private static final Code METFORMIN = Code.rxnorm("861004");

  private final List<Wanted> asked = new ArrayList<>();
  private JsonNode answer =
      medication("met", "\"code\":{\"coding\":[{\"system\":\"%s\",\"code\":\"861004\"}]}");

  private static JsonNode medication(String id, String body) {
    return CallBuilder.read(
        "{\"resourceType\":\"Medication\",\"id\":\""
            + id
            + "\","
            + body.formatted(METFORMIN.system())
            + "}");
  }

  @Test
  void theDrugIsReadFromTheCallersServer() {
    Gathered gathered = gather(call("Medication/met"), true);

    assertThat(asked).extracting(Wanted::query).contains("Medication/met");
    assertThat(gathered.orders())
        .containsExactly(
            new DraftOrder("MedicationRequest/d1", List.of(METFORMIN), "METFORMIN 1 G"));
    assertThat(gathered.findings()).isZero();
    assertThat(gathered.timeline().facts()).noneMatch(fact -> fact.codes().contains(METFORMIN));
  }

  @Test
  void anAbsoluteReferenceIsReadBelowFhirServerOnly() {
    assertThat(gather(call(CallBuilder.EHR + "/Medication/met/_history/3"), true).orders().get(0))
        .extracting(DraftOrder::codes)
        .isEqualTo(List.of(METFORMIN));
    asked.clear();

    assertThat(
            gather(call("https://evil.example.org/Medication/met"), true).orders().get(0).codes())
        .isEmpty();
    assertThat(gather(call("Medication/../Patient"), true).orders().get(0).codes()).isEmpty();
    assertThat(gather(call("Binary/met"), true).orders().get(0).codes()).isEmpty();
    assertThat(asked).isEmpty();
  }

  @Test
  void nothingIsReadWhereNobodyLooksAtOrders() {
    assertThat(gather(call("Medication/met"), false).orders().get(0).codes()).isEmpty();
    assertThat(asked).isEmpty();
  }

  @Test
  void whatCannotBeHadLeavesTheOrderWithoutCodes() {
    answer = CallBuilder.read("{\"resourceType\":\"OperationOutcome\"}");
    assertThat(gather(call("Medication/met"), true).orders().get(0).codes()).isEmpty();
    answer = medication("other", "\"code\":{\"coding\":[{\"system\":\"%s\",\"code\":\"1\"}]}");
    assertThat(gather(call("Medication/met"), true).orders().get(0).codes()).isEmpty();
    answer = CallBuilder.read("null");
    assertThat(gather(call("Medication/met"), true).orders().get(0).codes()).isEmpty();
  }

  @Test
  void aDrugThatCannotBeReadIsAFinding() {
    answer = medication("met", "\"modifierExtension\":[{\"url\":\"%s\"}]");

    Gathered gathered = gather(call("Medication/met"), true);

    assertThat(gathered.orders().get(0).codes()).isEmpty();
    assertThat(gathered.findings()).isEqualTo(1);
  }

  private Gathered gather(HookRequest call, boolean withOrders) {
    World world = new World();
    RegisteredModel model = PreventExample.catalog().find(PreventExample.MODEL).orElseThrow();
    return new PatientGatherer(
            world.ports(server()),
            new HookSettings(Set.of(World.OURS), PreventExample.ZONE),
            new PrefetchReader(PreventExample.ZONE, CodeUnits.standard()))
        .gather(
            call,
            Asked.from(List.of(model.features())),
            List.copyOf(model.features().needs()),
            World.NOW,
            withOrders);
  }

  /** Answers a reading of the drug; JSON's null stands for a refusal. */
  private CallerRecord server() {
    return new CallerRecord() {
      @Override
      public boolean mayRead(String fhirServer) {
        return fhirServer.equals(CallBuilder.EHR);
      }

      @Override
      public Map<String, Fetched> read(CallerAccess access, List<Wanted> wanted) {
        asked.addAll(wanted);
        Map<String, Fetched> read = new LinkedHashMap<>();
        for (Wanted one : wanted) {
          read.put(
              one.key(),
              answer.isNull()
                  ? new Fetched(List.of(), Shortfall.REFUSED)
                  : new Fetched(List.of(answer), null));
        }
        return read;
      }
    };
  }

  private static HookRequest call(String reference) {
    CallBuilder call = CallBuilder.example();
    call.call.put("hook", "order-sign");
    call.context.set(
        "draftOrders",
        CallBuilder.bundle(
            CallBuilder.read(
                """
                {"resourceType":"MedicationRequest","id":"d1","status":"draft",
                 "subject":{"reference":"Patient/p1"},
                 "medicationReference":{"reference":"%s","display":"METFORMIN 1 G"}}
                """
                    .formatted(reference))));
    return EnvelopeReader.read(call.bytes(), List.of(Hook.ORDER_SIGN));
  }
}
