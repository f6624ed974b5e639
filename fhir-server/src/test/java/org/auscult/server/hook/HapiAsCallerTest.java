package org.auscult.server.hook;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.rest.client.api.IGenericClient;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.auscult.cds.caller.CallerAccess;
import org.auscult.cds.caller.CallerLimits;
import org.auscult.cds.caller.CallerServers;
import org.auscult.cds.caller.CallerToken;
import org.auscult.cds.caller.HttpCallerRecord;
import org.auscult.cds.fhir.Asked;
import org.auscult.cds.fhir.CallerPatient;
import org.auscult.cds.fhir.Fetched;
import org.auscult.cds.fhir.PrefetchReader;
import org.auscult.cds.fhir.Prefetched;
import org.auscult.cds.fhir.Shortfall;
import org.auscult.cds.fhir.Wanted;
import org.auscult.model.ModelCatalog;
import org.auscult.server.ServerTest;
import org.auscult.server.access.TokenHolder;
import org.auscult.server.keys.KeyRing;
import org.auscult.timeline.Code;
import org.auscult.timeline.Fact;
import org.auscult.timeline.ResourceKind;
import org.auscult.unit.CodeUnits;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.Enumerations.AdministrativeGender;
import org.hl7.fhir.r4.model.Medication;
import org.hl7.fhir.r4.model.MedicationRequest;
import org.hl7.fhir.r4.model.MedicationRequest.MedicationRequestIntent;
import org.hl7.fhir.r4.model.MedicationRequest.MedicationRequestStatus;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Observation.ObservationStatus;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.Reference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/**
 * HAPI's FHIR server as the caller's: its searches, pages and includes, over HTTP.
 *
 * <p>Safety: 2.
 */
class HapiAsCallerTest extends ServerTest {
  private static final String PREVENT = "https://auscult.org/fhir/Library/prevent-2023|1.0.0";
  private static final Code HDL = Code.loinc("2085-9");

  /** More than two of HAPI's pages. */
  private static final int RESULTS = 45;

  @Autowired private ModelCatalog models;
  @Autowired private KeyRing keys;

  private final PrefetchReader reader = new PrefetchReader(ZoneOffset.UTC, CodeUnits.standard());
  private String patient = "";
  private Asked asked = Asked.from(List.of());

  @BeforeEach
  void record() {
    asked = Asked.from(List.of(models.find(PREVENT).orElseThrow().features()));
    patient = "p-" + UUID.randomUUID();
    IGenericClient client = client();
    Patient person = new Patient();
    person.setGender(AdministrativeGender.FEMALE).setId(patient);
    client.update().resource(person).execute();
    for (int i = 0; i < RESULTS; i++) {
      Observation result = new Observation();
      result.setStatus(ObservationStatus.FINAL);
      result.setSubject(new Reference("Patient/" + patient));
      result.getCode().addCoding().setSystem(HDL.system()).setCode(HDL.code());
      result.setEffective(new DateTimeType("2024-01-01T10:00:" + (10 + i) + "Z"));
      result.setValue(
          new Quantity().setValue(40 + i).setSystem("http://unitsofmeasure.org").setCode("mg/dL"));
      client.create().resource(result).execute();
    }
    Medication drug = new Medication();
    drug.getCode().addCoding().setSystem(Code.rxnorm("617311").system()).setCode("617311");
    drug.setId("m-" + patient);
    client.update().resource(drug).execute();
    MedicationRequest order = new MedicationRequest();
    order.setStatus(MedicationRequestStatus.ACTIVE).setIntent(MedicationRequestIntent.ORDER);
    order.setSubject(new Reference("Patient/" + patient));
    order.setMedication(new Reference("Medication/m-" + patient));
    order.setAuthoredOnElement(new DateTimeType("2024-01-01"));
    client.create().resource(order).execute();
  }

  private Prefetched read(int pages) {
    String base = rootUrl() + "/fhir";
    CallerPatient caller = new CallerPatient(patient, base, base, Instant.now());
    List<Wanted> wanted =
        reader.read(Map.of(), asked, caller).wanted().stream()
            .map(
                w ->
                    new Wanted(
                        w.key(),
                        w.kind(),
                        w.query().replace("{{context.patientId}}", patient),
                        w.next()))
            .toList();
    try (HttpCallerRecord callers =
        new HttpCallerRecord(
            new CallerServers(List.of(base), false),
            new CallerLimits(Duration.ofSeconds(60), pages, 10_000_000, 4))) {
      CallerToken token = CallerToken.of(TokenHolder.ofSystem(rootUrl(), keys), "system/*.rs");
      Map<String, Fetched> fetched = callers.read(new CallerAccess(base, token), wanted);
      List<@Nullable Shortfall> shortfalls = new ArrayList<>();
      fetched.values().forEach(answer -> shortfalls.add(answer.shortfall()));
      assertThat(shortfalls.contains(Shortfall.TOO_MANY_PAGES)).isEqualTo(pages == 1);
      return reader.read(Map.of(), fetched, asked, caller);
    }
  }

  /** Checklist: 16, 17. */
  @Test
  @DisplayName("16, 17: all pages and included medications come over")
  void allOfIt() {
    Prefetched all = read(10);

    assertThat(all.facts().stream().filter(f -> f.codes().contains(HDL))).hasSize(RESULTS);
    assertThat(all.complete())
        .contains(
            ResourceKind.PATIENT,
            ResourceKind.OBSERVATION,
            ResourceKind.CONDITION,
            ResourceKind.MEDICATION_REQUEST);
    assertThat(
            all.facts().stream().filter(f -> f.source().kind() == ResourceKind.MEDICATION_REQUEST))
        .hasSize(1)
        .allMatch(f -> f.codes().contains(Code.rxnorm("617311")));
    assertThat(all.wanted()).isEmpty();
    assertThat(all.facts()).extracting(Fact::patient).containsOnly(patient);
  }

  /** Checklist: 17. Safety: 4. */
  @Test
  @DisplayName("17, rule 4: with pages left out the kind is not complete")
  void notAllOfIt() {
    Prefetched some = read(1);

    assertThat(some.facts().stream().filter(f -> f.codes().contains(HDL)))
        .isNotEmpty()
        .hasSizeLessThan(RESULTS);
    assertThat(some.complete())
        .contains(ResourceKind.CONDITION)
        .doesNotContain(ResourceKind.OBSERVATION);
  }
}
