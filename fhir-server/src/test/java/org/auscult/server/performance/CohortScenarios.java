package org.auscult.server.performance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ca.uhn.fhir.rest.client.api.IGenericClient;
import ca.uhn.fhir.rest.server.exceptions.UnprocessableEntityException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.auscult.cohort.fhir.CohortGroups;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.CanonicalType;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.DateType;
import org.hl7.fhir.r4.model.Group;
import org.hl7.fhir.r4.model.Group.GroupCharacteristicComponent;
import org.hl7.fhir.r4.model.MeasureReport;
import org.hl7.fhir.r4.model.OperationOutcome;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.Quantity.QuantityComparator;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.StringType;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/** Forty adults and forty children, of all of whom the outcome is known, on either database. */
final class CohortScenarios {
  private static final String MODEL =
      "https://auscult.org/fhir/Library/kfre-4var-north-america|1.0.0";
  private static final String OUTPUT = "cohort-test";
  private static final String ID = "cohort-test-";
  private static final int EACH = 40;

  private final IGenericClient client;
  private final JdbcTemplate jdbc;
  private final List<String> adults = new ArrayList<>();
  private final List<String> children = new ArrayList<>();
  private Instant predicted = Instant.EPOCH;

  CohortScenarios(IGenericClient client, JdbcTemplate jdbc) {
    this.client = client;
    this.jdbc = jdbc;
  }

  /** Before each. */
  void predict() {
    forget();
    for (int i = 0; i < EACH; i++) {
      adults.add(patient("1950-01-01"));
      children.add(patient("2020-01-01"));
    }
    predicted = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    for (int i = 0; i < EACH; i++) {
      add(adults.get(i), i % 2 == 0);
      add(children.get(i), i % 2 == 0);
    }
  }

  /** After each. */
  void forget() {
    jdbc.update("delete from monitored_prediction where id like '" + ID + "%'");
    jdbc.update("delete from outcome_case where label_id like '" + ID + "%'");
    adults.forEach(id -> jdbc.update("delete from outcome_inbox where patient = ?", id));
  }

  private String patient(String born) {
    Patient patient = new Patient();
    patient.setBirthDateElement(new DateType(born));
    return client.create().resource(patient).execute().getId().getIdPart();
  }

  private void add(String patient, boolean isEvent) {
    String id = ID + patient;
    jdbc.update(
        "insert into monitored_prediction (id, model, output, patient, index_time, score, described,"
            + " traits) values (?, ?, ?, ?, ?, ?, true, '{\"site\":\"north\"}')",
        id,
        MODEL,
        OUTPUT,
        patient,
        predicted.toEpochMilli(),
        Math.floorMod(patient.hashCode(), 100) / 100.0);
    jdbc.update(
        "insert into outcome_case (label_id, prediction, output, outcome, patient, index_time,"
            + " stands, sequence) values (?, 'RiskAssessment/1', ?, ?, ?, ?, ?, 1)",
        id,
        OUTPUT,
        // Of no outcome that is here: the server's own round labels none of them anew.
        "https://example.org/fhir/Library/outcome-of-cohorts|1",
        patient,
        predicted.toEpochMilli(),
        isEvent ? "event|" : "no-event|");
  }

  private String listing(List<String> patients) {
    Group group = new Group();
    group.setType(Group.GroupType.PERSON).setActual(true);
    patients.forEach(id -> group.addMember().setEntity(new Reference("Patient/" + id)));
    return id(group);
  }

  private String adultsByCriteria() {
    return id(describing("a"));
  }

  private static Group describing(String unit) {
    Group group = new Group();
    group.setType(Group.GroupType.PERSON).setActual(false);
    GroupCharacteristicComponent adult = group.addCharacteristic();
    adult.addExtension(
        CohortGroups.FEATURE,
        new CanonicalType("https://auscult.org/fhir/Library/feature-age|1.0.0"));
    adult.setCode(new CodeableConcept().setText("adult")).setExclude(false);
    adult.setValue(
        new Quantity()
            .setComparator(QuantityComparator.GREATER_OR_EQUAL)
            .setValue(18)
            .setSystem("http://unitsofmeasure.org")
            .setCode(unit));
    return group;
  }

  private String id(Group group) {
    return "Group/" + client.create().resource(group).execute().getId().getIdPart();
  }

  private MeasureReport asked(@Nullable String group) {
    return (MeasureReport) monitor(group, null).getEntryFirstRep().getResource();
  }

  private Bundle monitor(@Nullable String group, @Nullable String site) {
    Parameters asked = new Parameters();
    asked.addParameter("model", new StringType(MODEL));
    asked.addParameter("output", new StringType(OUTPUT));
    asked.addParameter("start", new StringType(predicted.minusSeconds(60).toString()));
    asked.addParameter("end", new StringType(predicted.plusSeconds(60).toString()));
    if (group != null) {
      asked.addParameter("cohort", new StringType(group));
    }
    if (site != null) {
      asked.addParameter("site", new StringType(site));
    }
    return client
        .operation()
        .onServer()
        .named("$monitor")
        .withParameters(asked)
        .returnResourceType(Bundle.class)
        .execute();
  }

  private static int labelled(MeasureReport report) {
    return report.getGroup().stream()
        .filter(group -> group.getCode().getCodingFirstRep().getCode().equals("prevalence"))
        .findFirst()
        .orElseThrow()
        .getPopulationFirstRep()
        .getCount();
  }

  private List<String> problems(@Nullable String group, @Nullable String site) {
    List<String> problems = new ArrayList<>();
    assertThatThrownBy(() -> monitor(group, site))
        .isInstanceOfSatisfying(
            UnprocessableEntityException.class,
            e ->
                ((OperationOutcome) e.getOperationOutcome())
                    .getIssue()
                    .forEach(issue -> problems.add(issue.getDiagnostics())));
    return problems;
  }

  void membersAreThoseOfThen() {
    assertThat(labelled(asked(null))).isEqualTo(2 * EACH);
    String criteria = adultsByCriteria();
    MeasureReport report = asked(criteria);
    assertThat(labelled(report)).isEqualTo(EACH);
    assertThat(
            ((Reference)
                    report
                        .getExtensionByUrl(
                            "https://auscult.org/fhir/StructureDefinition/performance-cohort")
                        .getValue())
                .getReference())
        .isEqualTo(criteria + "/_history/1");
    assertThat(report.getGroup()).allMatch(group -> group.getStratifier().isEmpty());
    // What is learnt later makes nobody a member of then, or none.
    Patient corrected = new Patient();
    corrected.setId(adults.get(0));
    corrected.setBirthDateElement(new DateType("2020-01-01"));
    client.update().resource(corrected).execute();
    MeasureReport again = asked(criteria);
    assertThat(again.equalsDeep(report)).isTrue();
    assertThat(labelled(asked(listing(adults.subList(0, 25))))).isEqualTo(25);
    OperationOutcome said =
        (OperationOutcome) client.validate().resource(report).execute().getOperationOutcome();
    assertThat(said.getIssue())
        .filteredOn(issue -> issue.getSeverity() == OperationOutcome.IssueSeverity.ERROR)
        .isEmpty();
  }

  /** Small cells are told neither of a cohort nor of those whom it leaves out. */
  void aSmallCohortAndOneThatLeavesOutFewAreRefused() {
    List<String> allButTen = new ArrayList<>(adults);
    allButTen.addAll(children.subList(0, EACH - 10));
    for (List<String> members : List.of(adults.subList(0, 10), allButTen)) {
      assertThat(problems(listing(members), null))
          .singleElement()
          .asString()
          .contains("it, or what is left without it, is 10 people or fewer");
    }
    assertThat(labelled(asked(listing(allButTen.subList(0, 2 * EACH - 11))))).isEqualTo(69);
  }

  void whatIsWrongWithAGroupIsToldAtOnce() {
    assertThat(problems("Group/nowhere", "north"))
        .satisfiesExactly(
            what -> assertThat(what).contains("Group/nowhere is not here, or lists no members"),
            what -> assertThat(what).contains("given together with a site"));
    assertThat(problems("Patient?gender=female", null))
        .singleElement()
        .asString()
        .contains("is no Group");
    assertThat(problems(id(describing("mo")), null))
        .singleElement()
        .asString()
        .contains("its unit is 'mo', and the feature's 'a'");
  }

  /**
   * Groups that may not be seen are not here.
   *
   * @param informaticist who may see no patient
   */
  void whoMayNotSeeThePatientsIsToldOfNoGroupThatListsThem(IGenericClient informaticist) {
    CohortScenarios theirs = new CohortScenarios(informaticist, jdbc);
    theirs.predicted = predicted;
    assertThat(theirs.problems(listing(adults), null))
        .singleElement()
        .asString()
        .contains("is not here, or lists no members");
    assertThat(labelled(theirs.asked(adultsByCriteria()))).isEqualTo(EACH);
  }
}
