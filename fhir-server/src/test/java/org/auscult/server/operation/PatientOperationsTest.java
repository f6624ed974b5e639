package org.auscult.server.operation;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.rest.client.api.IGenericClient;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.UUID;
import org.auscult.server.ServerTest;
import org.hl7.fhir.r4.model.BooleanType;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.DateType;
import org.hl7.fhir.r4.model.Enumerations.AdministrativeGender;
import org.hl7.fhir.r4.model.IntegerType;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Observation.ObservationStatus;
import org.hl7.fhir.r4.model.OperationOutcome;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Parameters.ParametersParameterComponent;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.RiskAssessment;
import org.hl7.fhir.r4.model.RiskAssessment.RiskAssessmentStatus;
import org.junit.jupiter.api.Test;

class PatientOperationsTest extends ServerTest {
  private static final String SET = "https://auscult.org/fhir/Library/ckd-epi-inputs|1.0.0";
  private static final String PREDICTION =
      "https://auscult.org/fhir/StructureDefinition/prediction";

  @Test
  void featuresGiveValueUnitAndEvidenceOrTheReason() throws Exception {
    String patient = patient();
    String observation = create(creatinine(patient, "1.3", "2024-05-03T10:00:00Z"));

    String now = escape(Instant.now().toString());
    Parameters vector =
        parameters(
            get("$features?featureSet=" + escape(SET) + "&at=2024-08-01&knownAt=" + now, patient));

    ParametersParameterComponent feature = feature(vector, "creatinine");
    assertThat(((Quantity) value(feature, "value")).getValue()).isEqualByComparingTo("1.3");
    assertThat(((Quantity) value(feature, "value")).getCode()).isEqualTo("mg/dL");
    assertThat(((Reference) value(feature, "evidence")).getReference())
        .isEqualTo("Observation/" + observation + "/_history/1");

    // Outside of its 12 months.
    Parameters today = parameters(get("$features?featureSet=" + escape(SET), patient));
    assertThat(has(feature(today, "creatinine"), "missing")).isTrue();
    // Nothing was known of the patient then: it was written today.
    Parameters then =
        parameters(get("$features?featureSet=" + escape(SET) + "&at=2024-06-01", patient));
    assertThat(has(feature(then, "creatinine"), "missing")).isTrue();
    // With today's knowledge it was already true then, but not the month before.
    Parameters known =
        parameters(
            get("$features?featureSet=" + escape(SET) + "&at=2024-05-03&knownAt=" + now, patient));
    assertThat(has(feature(known, "creatinine"), "value")).isTrue();
    Parameters before =
        parameters(
            get("$features?featureSet=" + escape(SET) + "&at=2024-05-02&knownAt=" + now, patient));
    assertThat(has(feature(before, "creatinine"), "missing")).isTrue();
  }

  @Test
  void featuresRefuseWithAllProblems() throws Exception {
    HttpResponse<String> answer =
        get("$features?featureSet=urn:no-such-set&at=yesterday&epoch=-1&knownAt=2024", patient());

    assertThat(answer.statusCode()).isEqualTo(400);
    OperationOutcome outcome =
        fhirContext.newJsonParser().parseResource(OperationOutcome.class, answer.body());
    assertThat(outcome.getIssue())
        .extracting(i -> i.getDiagnostics().split(" ", 2)[0])
        .containsExactlyInAnyOrder("at", "knownAt", "epoch", "epoch", "featureSet");
    assertThat(get("$features?featureSet=" + escape(SET), "nobody").statusCode()).isEqualTo(404);
    assertThat(get("$features", patient()).statusCode()).isEqualTo(400);
  }

  @Test
  void timelineIsPagedAndFiltered() throws Exception {
    String patient = patient();
    for (int day = 1; day <= 5; day++) {
      create(creatinine(patient, "1." + day, "2024-05-0" + day + "T10:00:00Z"));
    }

    Parameters page =
        parameters(get("$timeline?code=http://loinc.org%7C2160-0&_count=2&_offset=1", patient));

    assertThat(((IntegerType) page.getParameter("total").getValue()).getValue()).isEqualTo(5);
    assertThat(
            page.getParameter().stream()
                .filter(p -> p.getName().equals("fact"))
                .map(p -> ((Quantity) value(p, "value")).getValue().toPlainString()))
        .containsExactly("1.4", "1.3");
    assertThat(total(get("$timeline?at=2024-05-02&knownAt=2100-01-01&code=2160-0", patient)))
        .isEqualTo(2);
    assertThat(total(get("$timeline?at=2024-05-02&code=2160-0", patient))).isZero();
    assertThat(get("$timeline?_count=0", patient).statusCode()).isEqualTo(400);
  }

  @Test
  void rebuildComparesUnlessToldToWrite() throws Exception {
    String patient = patient();
    create(creatinine(patient, "1.1", "2024-05-03T10:00:00Z"));

    Parameters outcome = parameters(post("Patient/" + patient + "/$rebuild-timeline"));

    assertThat(((IntegerType) outcome.getParameter("differingRows").getValue()).getValue())
        .isZero();
    assertThat(((IntegerType) outcome.getParameter("liveRows").getValue()).getValue())
        .isGreaterThan(1);
    assertThat(post("Patient/" + patient + "/$rebuild-timeline?mode=erase").statusCode())
        .isEqualTo(400);
    assertThat(post("Patient/nobody/$rebuild-timeline").statusCode()).isEqualTo(404);
  }

  @Test
  void aMergedAwayPatientsRecordIsNotCalledEmpty() throws Exception {
    String gone = patient();
    String stays = patient();
    Patient merged = client().read().resource(Patient.class).withId(gone).execute();
    merged
        .addLink()
        .setType(Patient.LinkType.REPLACEDBY)
        .setOther(new Reference("Patient/" + stays));
    client().update().resource(merged).execute();
    String prevent = "https://auscult.org/fhir/Library/prevent-inputs|1.0.0";

    ParametersParameterComponent there =
        feature(parameters(get("$features?featureSet=" + escape(prevent), stays)), "diabetes");
    ParametersParameterComponent here =
        feature(parameters(get("$features?featureSet=" + escape(prevent), gone)), "diabetes");

    assertThat(((BooleanType) value(there, "value")).booleanValue()).isFalse();
    assertThat(has(here, "missing")).isTrue();
  }

  @Test
  void clientsCannotWriteWhatAModelSaid() throws Exception {
    String patient = patient();
    RiskAssessment forged =
        new RiskAssessment()
            .setStatus(RiskAssessmentStatus.FINAL)
            .setSubject(new Reference("Patient/" + patient));
    forged.getMeta().addProfile(PREDICTION);

    HttpResponse<String> created = send("POST", "RiskAssessment", forged);

    assertThat(created.statusCode()).isEqualTo(403);
    assertThat(created.body()).contains("OperationOutcome").contains("Only this server writes");
    String id = UUID.randomUUID() + ".1";
    forged.setId(id);
    assertThat(send("PUT", "RiskAssessment/" + id, forged).statusCode()).isEqualTo(403);
    forged.getMeta().getProfile().clear();
    assertThat(send("PUT", "RiskAssessment/" + id, forged).statusCode()).isEqualTo(201);
    Parameters meta = new Parameters();
    assertThat(send("POST", "RiskAssessment/" + id + "/$meta-delete", meta).statusCode())
        .isEqualTo(403);
  }

  private HttpResponse<String> get(String operation, String patient) throws Exception {
    return exchange(
        HttpRequest.newBuilder(URI.create(rootUrl() + "/fhir/Patient/" + patient + "/" + operation))
            .GET());
  }

  private HttpResponse<String> post(String path) throws Exception {
    return exchange(
        HttpRequest.newBuilder(URI.create(rootUrl() + "/fhir/" + path))
            .POST(BodyPublishers.noBody()));
  }

  private HttpResponse<String> send(String method, String path, Resource body) throws Exception {
    return exchange(
        HttpRequest.newBuilder(URI.create(rootUrl() + "/fhir/" + path))
            .header("Content-Type", "application/fhir+json")
            .method(
                method,
                BodyPublishers.ofString(fhirContext.newJsonParser().encodeResourceToString(body))));
  }

  private HttpResponse<String> exchange(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    return caller().send(request.header("Accept", "application/fhir+json"));
  }

  private Parameters parameters(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return fhirContext.newJsonParser().parseResource(Parameters.class, answer.body());
  }

  private int total(HttpResponse<String> answer) {
    return ((IntegerType) parameters(answer).getParameter("total").getValue()).getValue();
  }

  private static ParametersParameterComponent feature(Parameters vector, String name) {
    return vector.getParameter().stream()
        .filter(p -> p.getName().equals("feature"))
        .filter(p -> value(p, "name").primitiveValue().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static org.hl7.fhir.r4.model.Type value(ParametersParameterComponent of, String part) {
    return of.getPart().stream()
        .filter(p -> p.getName().equals(part))
        .findFirst()
        .orElseThrow()
        .getValue();
  }

  private static boolean has(ParametersParameterComponent feature, String part) {
    return feature.getPart().stream().anyMatch(p -> p.getName().equals(part));
  }

  private static String escape(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private String patient() {
    Patient patient = new Patient().setGender(AdministrativeGender.FEMALE);
    patient.setBirthDateElement(new DateType("1970-02-03"));
    return create(patient);
  }

  private String create(Resource resource) {
    IGenericClient client = client();
    return client.create().resource(resource).execute().getId().getIdPart();
  }

  private static Observation creatinine(String patient, String value, String effective) {
    Observation observation = new Observation();
    observation.setStatus(ObservationStatus.FINAL);
    observation.setSubject(new Reference("Patient/" + patient));
    observation.getCode().addCoding().setSystem("http://loinc.org").setCode("2160-0");
    observation.setEffective(new DateTimeType(effective));
    observation.setValue(
        new Quantity()
            .setValue(new BigDecimal(value))
            .setUnit("mg/dL")
            .setSystem("http://unitsofmeasure.org")
            .setCode("mg/dL"));
    return observation;
  }
}
