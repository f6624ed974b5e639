package org.auscult.server.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ca.uhn.fhir.rest.server.exceptions.UnprocessableEntityException;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.auscult.server.ServerTest;
import org.auscult.server.report.ReportUrls;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleType;
import org.hl7.fhir.r4.model.Bundle.HTTPVerb;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.DateType;
import org.hl7.fhir.r4.model.Enumerations.AdministrativeGender;
import org.hl7.fhir.r4.model.Extension;
import org.hl7.fhir.r4.model.MeasureReport;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Observation.ObservationStatus;
import org.hl7.fhir.r4.model.OperationOutcome;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.StringType;
import org.hl7.fhir.r4.model.Type;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;

/** What changes upstream between two stretches of real time is named over HTTP. */
class DriftOperationsTest extends ServerTest {
  private static final String MODEL = "https://auscult.org/fhir/Library/prevent-2023|1.0.0";
  private static final String LOINC = "http://loinc.org";
  private static final int PATIENTS = 40;

  @Autowired private JdbcTemplate jdbc;
  private final Random random = new Random(9);

  /** How cholesterol and HDL arrive. */
  private record Laboratory(String unitOfTotal, String codeOfHdl, String textOfHdl) {}

  private static final Laboratory BEFORE =
      new Laboratory("mg/dL", "2085-9", "Cholesterol in HDL [Mass/volume] in Serum or Plasma");

  /** A unit that nobody can read, and HDL under a local code. */
  private static final Laboratory AFTER =
      new Laboratory("mcmol/dose", "HDL-C", "HDL cholesterol, enzymatic");

  private record Stretch(Instant start, Instant end) {}

  private Stretch predict(Laboratory laboratory) throws InterruptedException {
    Instant start = Instant.now();
    for (int i = 0; i < PATIENTS; i++) {
      String id = "drift-" + UUID.randomUUID();
      Bundle bundle = new Bundle().setType(BundleType.TRANSACTION);
      Patient patient = new Patient().setGender(AdministrativeGender.FEMALE);
      patient.setId("Patient/" + id);
      patient.setBirthDateElement(new DateType((1950 + random.nextInt(30)) + "-02-03"));
      add(bundle, patient);
      add(bundle, measured(id, "2093-3", "Cholesterol", 180, laboratory.unitOfTotal()));
      String system = laboratory.codeOfHdl().equals("2085-9") ? LOINC : "https://lab.example.org";
      Observation hdl = measured(id, laboratory.codeOfHdl(), laboratory.textOfHdl(), 50, "mg/dL");
      hdl.getCode().getCodingFirstRep().setSystem(system);
      add(bundle, hdl);
      add(bundle, measured(id, "8480-6", "Systolic blood pressure", 125, "mm[Hg]"));
      add(bundle, measured(id, "39156-5", "Body mass index", 27, "kg/m2"));
      add(bundle, measured(id, "98979-8", "eGFR", 90, "mL/min/{1.73_m2}"));
      client().transaction().withBundle(bundle).execute();
      client()
          .operation()
          .onInstance("Patient/" + id)
          .named("$predict")
          .withParameter(Parameters.class, "model", new StringType(MODEL))
          .execute();
    }
    Thread.sleep(2);
    return new Stretch(start, Instant.now());
  }

  private static void add(Bundle bundle, Resource resource) {
    bundle
        .addEntry()
        .setResource(resource)
        .getRequest()
        .setMethod(HTTPVerb.PUT)
        .setUrl(resource.fhirType() + "/" + resource.getIdElement().getIdPart());
  }

  private Observation measured(String patient, String code, String text, int about, String unit) {
    Observation observation = new Observation();
    observation.setId("Observation/" + patient + "-" + code);
    observation.setStatus(ObservationStatus.FINAL);
    observation.setSubject(new Reference("Patient/" + patient));
    observation.setCode(new CodeableConcept(new Coding(LOINC, code, text)).setText(text));
    observation.setEffective(DateTimeType.now());
    observation.setValue(
        new Quantity()
            .setValue(new BigDecimal(about + random.nextInt(9)))
            .setSystem("http://unitsofmeasure.org")
            .setUnit(unit)
            .setCode(unit));
    return observation;
  }

  private MeasureReport ask(String operation, Stretch of, String... more) {
    Parameters asked = new Parameters();
    asked.addParameter("model", new StringType(MODEL));
    asked.addParameter("start", new StringType(of.start().toString()));
    asked.addParameter("end", new StringType(of.end().toString()));
    for (int i = 0; i < more.length; i += 2) {
      asked.addParameter(more[i], new StringType(more[i + 1]));
    }
    return client()
        .operation()
        .onServer()
        .named(operation)
        .withParameters(asked)
        .returnResourceType(MeasureReport.class)
        .execute();
  }

  private static String part(Extension cause, String name) {
    Type value = cause.getExtensionByUrl(name).getValue();
    return value.primitiveValue();
  }

  @Test
  void aChangedUnitAndAChangedCodeAreNamedAndNothingElse() throws Exception {
    try {
      Stretch first = predict(BEFORE);
      Stretch control = predict(BEFORE);
      Stretch changed = predict(AFTER);
      MeasureReport made = ask("$drift-reference", first);
      String reference = "MeasureReport/" + made.getIdElement().getIdPart();

      assertThat(
              ask("$drift", control, "reference", reference).getExtensionsByUrl(ReportUrls.CAUSE))
          .isEmpty();

      MeasureReport report = ask("$drift", changed, "reference", reference);
      List<Extension> causes = report.getExtensionsByUrl(ReportUrls.CAUSE);
      assertThat(causes)
          .extracting(cause -> part(cause, "feature") + " " + part(cause, "kind"))
          .containsExactlyInAnyOrder("total_cholesterol unit", "hdl_cholesterol other-code");
      assertThat(causes)
          .extracting(cause -> part(cause, "value"))
          .containsExactlyInAnyOrder("mcmol/dose", "https://lab.example.org|HDL-C");
      assertThat(causes)
          .allSatisfy(cause -> assertThat(part(cause, "share")).isEqualTo("1"))
          .anySatisfy(
              cause ->
                  assertThat(part(cause, "text"))
                      .contains("'HDL cholesterol, enzymatic' https://lab.example.org|HDL-C")
                      .contains("which the feature does not list"));
      // Asked again, it is the same; and made again, the reference is what it was.
      assertThat(ask("$drift", changed, "reference", reference).equalsDeep(report)).isTrue();
      assertThat(
              ask("$drift-reference", first)
                  .getExtensionByUrl(DriftUrls.REFERENCE)
                  .equalsDeep(made.getExtensionByUrl(DriftUrls.REFERENCE)))
          .isTrue();
    } finally {
      jdbc.update("delete from drift_reference where model = ?", MODEL);
    }
  }

  @Test
  void whatCannotBeAskedIsToldAtOnce() {
    Parameters asked = new Parameters();
    asked.addParameter("model", new StringType(MODEL));
    asked.addParameter("start", new StringType("yesterday"));
    asked.addParameter("reference", new StringType("MeasureReport/none"));
    refused("$drift", asked, "start:", "reference:");
    asked = new Parameters();
    asked.addParameter("model", new StringType("https://example.org/none|1.0.0"));
    asked.addParameter("start", new StringType("2019-01-01T00:00:00Z"));
    asked.addParameter("end", new StringType("2999-01-01T00:00:00Z"));
    refused("$drift-reference", asked, "model:", "end:");
    asked.setParameter("model", new StringType(MODEL));
    asked.setParameter("end", new StringType("2019-01-02T00:00:00Z"));
    refused("$drift-reference", asked, "start: there were ten patients or fewer");
  }

  private void refused(String operation, Parameters asked, String... problems) {
    assertThatThrownBy(
            () ->
                client()
                    .operation()
                    .onServer()
                    .named(operation)
                    .withParameters(asked)
                    .returnResourceType(MeasureReport.class)
                    .execute())
        .isInstanceOfSatisfying(
            UnprocessableEntityException.class,
            e -> {
              List<String> said =
                  ((OperationOutcome) e.getOperationOutcome())
                      .getIssue().stream()
                          .map(issue -> issue.getDiagnostics().replaceAll("^[^:]*: ", ""))
                          .toList();
              assertThat(said).hasSameSizeAs(problems);
              for (int i = 0; i < problems.length; i++) {
                assertThat(said.get(i)).startsWith(problems[i]);
              }
            });
  }
}
