package org.auscult.server.adjudication;

import ca.uhn.fhir.rest.client.api.IGenericClient;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.auscult.server.outcome.OutcomeRound;
import org.hl7.fhir.r4.model.CanonicalType;
import org.hl7.fhir.r4.model.CareTeam;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.Duration;
import org.hl7.fhir.r4.model.Enumerations.PublicationStatus;
import org.hl7.fhir.r4.model.Extension;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.IntegerType;
import org.hl7.fhir.r4.model.Library;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.PlanDefinition;
import org.hl7.fhir.r4.model.PositiveIntType;
import org.hl7.fhir.r4.model.Practitioner;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.RiskAssessment;
import org.hl7.fhir.r4.model.RiskAssessment.RiskAssessmentStatus;
import org.hl7.fhir.r4.model.StringType;
import org.hl7.fhir.r4.model.Type;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * An outcome of its own, labelled predictions of March 2017, and a plan whose only window that is.
 */
final class Planted {
  static final Instant LATER = Instant.parse("2017-04-02T00:00:00Z");
  static final String FORM = "https://auscult.org/fhir/Questionnaire/adjudicated-outcome|1.0.0";
  private static final Instant KNOWN = Instant.parse("2017-03-10T00:00:00Z");

  final String outcome;
  final List<String> people = new ArrayList<>();
  final String patient;
  final String prediction;

  private final IGenericClient client;
  private final JdbcTemplate jdbc;
  private final String mark = UUID.randomUUID().toString().substring(0, 8);
  private final List<IdType> plans = new ArrayList<>();
  private int count;

  Planted(IGenericClient client, JdbcTemplate jdbc, OutcomeRound outcomes) {
    this.client = client;
    this.jdbc = jdbc;
    Library definition =
        client.read().resource(Library.class).withId("outcome-potassium-above-6").execute();
    definition.setId((String) null);
    definition.setVersion("9." + InstantSource.system().millis() + ".0");
    definition.setStatus(PublicationStatus.ACTIVE);
    create(definition);
    outcome = definition.getUrl() + "|" + definition.getVersion();
    CareTeam team = new CareTeam();
    patient = create(new Patient().setActive(true));
    team.setSubject(new Reference("Patient/" + patient));
    for (String name : List.of("a", "b", "c", "d")) {
      Practitioner person = new Practitioner();
      person.addName().setFamily(name);
      people.add("Practitioner/" + create(person));
      team.addParticipant().setMember(new Reference(people.get(people.size() - 1)));
    }
    team.setStatus(CareTeam.CareTeamStatus.ACTIVE);
    create(team);
    RiskAssessment said = new RiskAssessment();
    said.setStatus(RiskAssessmentStatus.FINAL).setSubject(new Reference("Patient/" + patient));
    prediction = "RiskAssessment/" + create(said);
    // What was written of the patient waits no more, so that nobody labels what is planted.
    outcomes.runAll(() -> true);
  }

  String create(Resource resource) {
    return client.create().resource(resource).execute().getId().getIdPart();
  }

  /**
   * A labelled prediction of somebody.
   *
   * @param patient an id; of the planted patient only one can be chosen
   * @param labels what was said, in order
   * @return its id
   */
  String label(String patient, double score, String... labels) {
    String id = "adj-" + mark + "-" + count++;
    jdbc.update(
        "insert into outcome_case (label_id, prediction, output, outcome, patient, index_time,"
            + " stands, sequence) values (?, ?, 'risk', ?, ?, ?, ?, ?)",
        id,
        prediction,
        outcome,
        patient,
        KNOWN.minusSeconds(86_400).toEpochMilli(),
        labels[labels.length - 1] + "|",
        labels.length);
    for (int i = 0; i < labels.length; i++) {
      jdbc.update(
          "insert into outcome_label (case_id, sequence, label, reason, known_at) select id, ?, ?,"
              + " ?, ? from outcome_case where label_id = ?",
          i + 1,
          labels[i],
          labels[i].equals("censored") ? "not-followed" : null,
          KNOWN.plusSeconds(i).toEpochMilli(),
          id);
    }
    jdbc.update(
        "insert into monitored_prediction (id, model, output, patient, index_time, score, described,"
            + " traits) values (?, 'https://example.org/m|1', ?, ?, ?, ?, true, '{}')",
        id,
        "risk-" + mark,
        patient,
        KNOWN.minusSeconds(86_400).toEpochMilli(),
        score);
    return id;
  }

  /** Another patient of the same team. */
  String another() {
    CareTeam team = new CareTeam();
    String id = create(new Patient().setActive(true));
    team.setSubject(new Reference("Patient/" + id)).setStatus(CareTeam.CareTeamStatus.ACTIVE);
    people.forEach(person -> team.addParticipant().setMember(new Reference(person)));
    create(team);
    return id;
  }

  /** A plan that nobody stored yet. */
  PlanDefinition draft(int random, int uncertain, int informative) {
    PlanDefinition plan = new PlanDefinition();
    plan.getMeta().addProfile(AdjudicationUrls.PLAN);
    plan.setUrl("https://example.org/plan-" + UUID.randomUUID()).setVersion("1.0.0");
    plan.setName("Plan").setTitle("Labels of potassium").setDescription("How good they are");
    plan.setStatus(PublicationStatus.ACTIVE);
    plan.getType()
        .addCoding()
        .setSystem("http://terminology.hl7.org/CodeSystem/plan-definition-type")
        .setCode("workflow-definition");
    plan.getEffectivePeriod()
        .setStartElement(new DateTimeType("2017-03-01"))
        .setEndElement(new DateTimeType("2017-03-31"));
    add(plan, AdjudicationUrls.OUTCOME, new CanonicalType(outcome));
    add(plan, AdjudicationUrls.FORM, new CanonicalType(FORM));
    Extension guideline = plan.addExtension().setUrl(AdjudicationUrls.GUIDELINE);
    guideline.addExtension("document", new CanonicalType("https://example.org/guideline|2"));
    guideline.addExtension("sha256", new StringType("0123456789abcdef".repeat(4)));
    choice(plan, "random", random);
    choice(plan, "uncertain", uncertain);
    choice(plan, "informative", informative);
    add(plan, AdjudicationUrls.SEED, new IntegerType(7));
    add(plan, AdjudicationUrls.WINDOW, new CodeType("month"));
    people.forEach(p -> add(plan, AdjudicationUrls.PERFORMER, new Reference(p)));
    Duration answer = new Duration();
    answer.setValue(14).setSystem("http://unitsofmeasure.org").setCode("d");
    add(plan, AdjudicationUrls.ANSWER, answer);
    return plan;
  }

  private static void add(PlanDefinition plan, String url, Type value) {
    plan.addExtension(url, value);
  }

  private static void choice(PlanDefinition plan, String way, int count) {
    if (count > 0) {
      Extension choice = plan.addExtension().setUrl(AdjudicationUrls.CHOICE);
      choice.addExtension("way", new CodeType(way));
      choice.addExtension("count", new PositiveIntType(count));
    }
  }

  /**
   * Stores an active plan.
   *
   * @return its canonical
   */
  String plan(int random, int uncertain, int informative) {
    PlanDefinition plan = draft(random, uncertain, informative);
    plans.add(new IdType("PlanDefinition", create(plan)));
    return plan.getUrl() + "|" + plan.getVersion();
  }

  /** Takes back what no resource is behind, and retires the plans. */
  void takeBack() {
    jdbc.update(
        "delete from adjudication_verdict where case_id in (select id from adjudication_case where"
            + " label_id like ?)",
        "adj-" + mark + "-%");
    jdbc.update("delete from adjudication_case where label_id like ?", "adj-" + mark + "-%");
    jdbc.update("delete from adjudication_window where outcome = ?", outcome);
    jdbc.update(
        "delete from outcome_label where case_id in (select id from outcome_case where outcome ="
            + " ?)",
        outcome);
    jdbc.update("delete from outcome_case where outcome = ?", outcome);
    jdbc.update("delete from monitored_prediction where output = ?", "risk-" + mark);
    for (IdType id : plans) {
      PlanDefinition plan = client.read().resource(PlanDefinition.class).withId(id).execute();
      plan.setStatus(PublicationStatus.RETIRED);
      client.update().resource(plan).execute();
    }
  }
}
