package org.auscult.server.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.rest.client.api.IGenericClient;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.auscult.server.monitoring.HeardSources.Source;
import org.auscult.server.monitoring.MonitoringRound.Standing;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.DateType;
import org.hl7.fhir.r4.model.DecimalType;
import org.hl7.fhir.r4.model.Encounter;
import org.hl7.fhir.r4.model.Enumerations.AdministrativeGender;
import org.hl7.fhir.r4.model.IntegerType;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Observation.ObservationStatus;
import org.hl7.fhir.r4.model.Organization;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Parameters.ParametersParameterComponent;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.StringType;
import org.hl7.fhir.r4.model.Task;
import org.hl7.fhir.r4.model.Type;
import org.springframework.jdbc.core.JdbcTemplate;

/** What is asked of monitoring on either database. */
final class MonitoringScenarios {
  private static final String ALERTS = "https://auscult.org/fhir/CodeSystem/monitoring-alert";
  private static final String CKD_EPI = "https://auscult.org/fhir/Library/ckd-epi-2021|1.0.0";
  private static final String CREATININE =
      "https://auscult.org/fhir/Library/feature-creatinine|1.0.0";

  private final IGenericClient client;
  private final JdbcTemplate jdbc;
  private final MonitoringRound round;
  private final Instant begin = Instant.now();

  MonitoringScenarios(IGenericClient client, JdbcTemplate jdbc, MonitoringRound round) {
    this.client = client;
    this.jdbc = jdbc;
    this.round = round;
  }

  /** As a rule: what was served is made again, also after the record has changed. */
  void whatWasServedIsMadeAgain() throws InterruptedException {
    String patient = patient();
    String measured = create(creatinine(patient, "0.9"));
    predict(patient);
    Observation corrected = creatinine(patient, "4.5");
    corrected.setId("Observation/" + measured);
    client.update().resource(corrected).execute();
    predict(patient);

    Parameters answer = skew("100");
    assertThat(number(answer, "predictions")).isEqualTo(2);
    assertThat(number(answer, "vectors")).isEqualTo(2);
    assertThat(number(answer, "equal")).isEqualTo(2);
    assertThat(number(answer, "different")).isZero();
    assertThat(((DecimalType) answer.getParameterValue("uncheckedShare")).getValue())
        .isEqualByComparingTo("0");
  }

  /** A row that is changed behind the server's back is found, and people are told once. */
  void whatCannotBeMadeAgainIsTold() throws InterruptedException {
    String patient = patient();
    create(creatinine(patient, "0.9"));
    predict(patient);
    falsified(patient, "9.9");

    Parameters answer = skew("100");
    assertThat(number(answer, "different")).isEqualTo(1);
    List<ParametersParameterComponent> differences =
        answer.getParameter().stream().filter(p -> p.getName().equals("difference")).toList();
    assertThat(differences).hasSize(1);
    assertThat(part(differences.get(0), "definition")).isEqualTo(CREATININE);
    assertThat(part(differences.get(0), "kind")).isEqualTo("value");
    String prediction = part(differences.get(0), "prediction");

    round.look(Instant.now(), Duration.between(begin, Instant.now()), 100, 1);
    assertThat(round.last().different()).isEqualTo(1);
    List<Task> told = told("skew", "definition", CREATININE);
    assertThat(told).hasSize(1);
    assertThat(inputs(told.get(0), "prediction")).containsExactly(prediction);
    assertThat(inputs(told.get(0), "difference")).containsExactly("value");
    assertThat(fhir(told.get(0))).doesNotContain(patient).doesNotContain("9.9");

    round.look(Instant.now(), Duration.between(begin, Instant.now()), 100, 2);
    assertThat(told("skew", "definition", CREATININE)).hasSize(1);
    // As it was, for the other tests.
    falsified(patient, "0.9");
    assertThat(number(skew("100"), "different")).isZero();
    client.delete().resourceById("Task", told.get(0).getIdElement().getIdPart()).execute();
  }

  private void falsified(String patient, String value) {
    jdbc.update(
        "update clinical_fact set preferred_value = ?, original_value = ? where patient = ?"
            + " and code = '2160-0'",
        value,
        value,
        patient);
  }

  /** A sample is drawn since a time, has the size that was asked for, and follows its seed. */
  void aSampleFollowsItsSeed() throws InterruptedException {
    String patient = patient();
    create(creatinine(patient, "0.9"));
    for (int i = 0; i < 30; i++) {
      predict(patient);
    }
    JournalSample sample = new JournalSample(jdbc);
    for (int size : List.of(5, 20, 100)) {
      List<UUID> drawn = draw(sample, size, 7);
      assertThat(drawn).hasSize(Math.min(size, 30)).doesNotHaveDuplicates();
      assertThat(draw(sample, size, 7)).isEqualTo(drawn);
      assertThat(draw(sample, size, 8)).isNotEqualTo(drawn);
    }
    assertThat(number(skew("1"), "predictions")).isEqualTo(1);
    List<UUID> future = new ArrayList<>();
    sample.draw(Instant.now().plusSeconds(60), 10, 1, entry -> future.add(entry.id()));
    assertThat(future).isEmpty();
  }

  private List<UUID> draw(JournalSample sample, int size, long seed) {
    List<UUID> drawn = new ArrayList<>();
    sample.draw(begin, size, seed, entry -> drawn.add(entry.id()));
    return drawn;
  }

  /** What is stored live was heard; who has spoken every day and says nothing is silent. */
  void whoFallsSilentIsTold() {
    String site = "site-" + UUID.randomUUID();
    String patient = patient();
    Encounter visit = new Encounter();
    visit.setStatus(Encounter.EncounterStatus.FINISHED);
    visit.getClass_().setSystem("http://terminology.hl7.org/CodeSystem/v3-ActCode").setCode("AMB");
    visit.setSubject(new Reference("Patient/" + patient));
    visit.getPeriod().setStart(Date.from(begin.minus(1, ChronoUnit.DAYS))).setEnd(Date.from(begin));
    client.update().resource(organization(site)).execute();
    visit.setServiceProvider(new Reference("Organization/" + site));
    create(visit);
    Instant now = Instant.now();
    round.look(now, Duration.ofMinutes(1), 1, 1);
    Source source = new Source(site, "ENCOUNTER");
    assertThat(standing(source, now))
        .hasValueSatisfying(
            s -> {
              assertThat(s.lastHour()).isEqualTo(now.getEpochSecond() / 3600);
              assertThat(s.judged()).isFalse();
            });

    long hour = now.getEpochSecond() / 3600;
    jdbc.update("delete from source_heard where site = ?", site);
    for (int days = 3; days < 20; days++) {
      jdbc.update(
          "insert into source_heard (site, kind, heard_hour) values (?, 'ENCOUNTER', ?)",
          site,
          hour - days * 24);
    }
    // The visit's row is not new any more: what is looked at again are the last ones.
    jdbc.update("update clinical_fact set known_basis = 'ASSUMED' where site = ?", site);
    round.look(now, Duration.ofMinutes(1), 1, 1);
    round.look(now.plusSeconds(60), Duration.ofMinutes(1), 1, 1);

    List<Task> told = told("silent-source", "site", site);
    assertThat(told).hasSize(1);
    assertThat(inputs(told.get(0), "type")).containsExactly("ENCOUNTER");
    assertThat(inputs(told.get(0), "usualGapHours")).containsExactly("24");
    Parameters answer = ask("$freshness");
    ParametersParameterComponent ours =
        answer.getParameter().stream()
            .filter(p -> p.getName().equals("source") && site.equals(part(p, "site")))
            .findFirst()
            .orElseThrow();
    assertThat(part(ours, "silent")).isEqualTo("true");
    assertThat(part(ours, "type")).isEqualTo("ENCOUNTER");
    // As it was, for the other tests.
    jdbc.update("update clinical_fact set known_basis = 'RECORDED' where site = ?", site);
    jdbc.update("delete from source_heard where site = ?", site);
  }

  /** How old the evidence was at the time of each prediction. */
  void evidenceHasItsAge() throws InterruptedException {
    String patient = patient();
    Observation old = creatinine(patient, "0.9");
    old.setEffective(new DateTimeType(Date.from(begin.minus(50, ChronoUnit.HOURS))));
    create(old);
    predict(patient);

    ParametersParameterComponent feature =
        ask("$freshness").getParameter().stream()
            .filter(p -> p.getName().equals("feature"))
            .filter(p -> CREATININE.equals(part(p, "definition")))
            .findFirst()
            .orElseThrow();
    assertThat(part(feature, "served")).isEqualTo("1");
    assertThat(part(feature, "missing")).isEqualTo("0");
    Quantity age = (Quantity) value(feature, "medianAge").orElseThrow();
    assertThat(age.getValue().doubleValue()).isBetween(50.0, 50.2);
    assertThat(age.getCode()).isEqualTo("h");
  }

  private Optional<Standing> standing(Source source, Instant now) {
    return Optional.ofNullable(round.standings(now).get(source));
  }

  /** Since the beginning of this test. */
  private Parameters ask(String operation) {
    return ask(operation, "100");
  }

  private Parameters skew(String sample) {
    return ask("$skew", sample);
  }

  private Parameters ask(String operation, String sample) {
    Parameters question = new Parameters();
    question.addParameter("since", new StringType(begin.toString()));
    question.addParameter("sample", new StringType(sample));
    return client.operation().onServer().named(operation).withParameters(question).execute();
  }

  private List<Task> told(String alert, String name, String value) {
    Bundle found =
        client
            .search()
            .byUrl("Task?code=" + ALERTS + "|" + alert + "&_count=500")
            .returnBundle(Bundle.class)
            .execute();
    return found.getEntry().stream()
        .map(e -> (Task) e.getResource())
        .filter(task -> inputs(task, name).contains(value))
        .toList();
  }

  private static List<String> inputs(Task task, String name) {
    return task.getInput().stream()
        .filter(i -> i.getType().getText().equals(name))
        .map(i -> i.getValue().primitiveValue())
        .toList();
  }

  private String fhir(Resource resource) {
    return client.getFhirContext().newJsonParser().encodeResourceToString(resource);
  }

  private static int number(Parameters answer, String name) {
    return ((IntegerType) answer.getParameterValue(name)).getValue();
  }

  private static String part(ParametersParameterComponent group, String name) {
    return value(group, name).map(v -> v.primitiveValue()).orElse("");
  }

  private static Optional<Type> value(ParametersParameterComponent group, String name) {
    return group.getPart().stream()
        .filter(p -> p.getName().equals(name))
        .map(ParametersParameterComponent::getValue)
        .findFirst();
  }

  /** Waits until its resources are written: a sample holds no others. */
  private void predict(String patient) throws InterruptedException {
    Parameters answer =
        client
            .operation()
            .onInstance("Patient/" + patient)
            .named("$predict")
            .withParameter(Parameters.class, "model", new StringType(CKD_EPI))
            .execute();
    String written =
        ((Reference) value(answer.getParameter().get(0), "resource").orElseThrow()).getReference();
    String journal = written.substring(written.indexOf('/') + 1, written.lastIndexOf('.'));
    for (int i = 0; i < 200; i++) {
      if (jdbc.queryForList(
              "select state from prediction_journal where id = ?", String.class, journal)
          .equals(List.of("DONE"))) {
        return;
      }
      Thread.sleep(50);
    }
    throw new AssertionError("The prediction's resources were not written");
  }

  private static Organization organization(String id) {
    Organization organization = new Organization();
    organization.setId("Organization/" + id);
    organization.setName("A site of a test");
    return organization;
  }

  private String patient() {
    Patient patient = new Patient().setGender(AdministrativeGender.FEMALE);
    patient.setBirthDateElement(new DateType("1970-02-03"));
    return create(patient);
  }

  private String create(Resource resource) {
    return client.create().resource(resource).execute().getId().getIdPart();
  }

  private static Observation creatinine(String patient, String value) {
    Observation observation = new Observation();
    observation.setStatus(ObservationStatus.FINAL);
    observation.setSubject(new Reference("Patient/" + patient));
    observation.getCode().addCoding().setSystem("http://loinc.org").setCode("2160-0");
    observation.setEffective(DateTimeType.now());
    observation.setValue(
        new Quantity()
            .setValue(new BigDecimal(value))
            .setUnit("mg/dL")
            .setSystem("http://unitsofmeasure.org")
            .setCode("mg/dL"));
    return observation;
  }
}
