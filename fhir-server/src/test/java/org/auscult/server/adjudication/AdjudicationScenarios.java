package org.auscult.server.adjudication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ca.uhn.fhir.rest.api.CacheControlDirective;
import ca.uhn.fhir.rest.client.api.IGenericClient;
import ca.uhn.fhir.rest.client.interceptor.BearerTokenAuthInterceptor;
import ca.uhn.fhir.rest.server.exceptions.BaseServerResponseException;
import ca.uhn.fhir.rest.server.exceptions.ForbiddenOperationException;
import ca.uhn.fhir.rest.server.exceptions.UnprocessableEntityException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.auscult.server.KnownCaller;
import org.auscult.server.access.TokenHolder;
import org.auscult.server.keys.KeyRing;
import org.auscult.server.outcome.OutcomeRound;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.CanonicalType;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Enumerations.PublicationStatus;
import org.hl7.fhir.r4.model.IntegerType;
import org.hl7.fhir.r4.model.MeasureReport;
import org.hl7.fhir.r4.model.MeasureReport.MeasureReportGroupComponent;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.OperationOutcome;
import org.hl7.fhir.r4.model.OperationOutcome.IssueSeverity;
import org.hl7.fhir.r4.model.OperationOutcome.OperationOutcomeIssueComponent;
import org.hl7.fhir.r4.model.PlanDefinition;
import org.hl7.fhir.r4.model.Provenance;
import org.hl7.fhir.r4.model.Questionnaire;
import org.hl7.fhir.r4.model.QuestionnaireResponse;
import org.hl7.fhir.r4.model.QuestionnaireResponse.QuestionnaireResponseStatus;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.Task;
import org.hl7.fhir.r4.model.Task.TaskStatus;
import org.springframework.jdbc.core.JdbcTemplate;

/** What holds of adjudication on either database. */
final class AdjudicationScenarios {
  private final IGenericClient client;
  private final KnownCaller caller;
  private final KeyRing keys;
  private final JdbcTemplate jdbc;
  private final AdjudicationRound round;
  private final Planted planted;

  AdjudicationScenarios(
      IGenericClient client,
      KnownCaller caller,
      KeyRing keys,
      JdbcTemplate jdbc,
      AdjudicationRound round,
      OutcomeRound outcomes) {
    this.client = client;
    this.caller = caller;
    this.keys = keys;
    this.jdbc = jdbc;
    this.round = round;
    this.planted = new Planted(client, jdbc, outcomes);
  }

  void takeBack() {
    planted.takeBack();
  }

  private int run() {
    return round.run(Planted.LATER, () -> true);
  }

  private <T> T one(String query, Class<T> type, Object... arguments) {
    return Objects.requireNonNull(jdbc.queryForObject(query, type, arguments));
  }

  private List<String> cases(String plan) {
    return jdbc.queryForList(
        "select id from adjudication_case where plan = ? order by id", String.class, plan);
  }

  private Task task(String id, int place) {
    return client.read().resource(Task.class).withId(id + "-" + place).execute();
  }

  private List<Resource> search(String query) {
    return search(client, query);
  }

  private static List<Resource> search(IGenericClient who, String query) {
    Bundle bundle =
        who.search()
            .byUrl(query)
            .cacheControl(new CacheControlDirective().setNoCache(true))
            .returnBundle(Bundle.class)
            .execute();
    return bundle.getEntry().stream().map(Bundle.BundleEntryComponent::getResource).toList();
  }

  private IGenericClient as(String person) {
    IGenericClient somebody =
        client.getFhirContext().newRestfulGenericClient(caller.root() + "/fhir");
    somebody.registerInterceptor(
        new BearerTokenAuthInterceptor(
            TokenHolder.ofUser(caller.root(), keys, person, List.of("clinician"))));
    return somebody;
  }

  private static QuestionnaireResponse response(Task task, String verdict) {
    QuestionnaireResponse response = new QuestionnaireResponse();
    response.addExtension(
        AdjudicationUrls.OF_TASK, new Reference("Task/" + task.getIdElement().getIdPart()));
    response.setQuestionnaire(Planted.FORM).setStatus(QuestionnaireResponseStatus.COMPLETED);
    response.setSubject(new Reference(task.getFor().getReference()));
    response
        .addItem()
        .setLinkId("verdict")
        .addAnswer()
        .setValue(new Coding().setSystem(AdjudicationUrls.VERDICT_SYSTEM).setCode(verdict));
    return response;
  }

  private String answer(String id, int place, String verdict) {
    Task task = task(id, place);
    return as(task.getOwner().getReference())
        .create()
        .resource(response(task, verdict))
        .execute()
        .getId()
        .getIdPart();
  }

  /** Without its id: what is a patient's is not validated as the one that is stored. */
  private List<String> errors(Resource resource) {
    Resource copy = resource.copy();
    copy.setId((String) null);
    OperationOutcome said =
        (OperationOutcome) client.validate().resource(copy).execute().getOperationOutcome();
    return said.getIssue().stream()
        .filter(
            i -> i.getSeverity() == IssueSeverity.ERROR || i.getSeverity() == IssueSeverity.FATAL)
        .map(OperationOutcomeIssueComponent::getDiagnostics)
        .toList();
  }

  private static List<String> reasons(BaseServerResponseException refused) {
    return ((OperationOutcome) Objects.requireNonNull(refused.getOperationOutcome()))
        .getIssue().stream().map(OperationOutcomeIssueComponent::getDiagnostics).toList();
  }

  private static UnprocessableEntityException refusal(Runnable write) {
    try {
      write.run();
    } catch (UnprocessableEntityException e) {
      return e;
    }
    throw new AssertionError("It was not refused");
  }

  /** All nodes choose at once, and again: each case once, with two Tasks that lead nowhere. */
  void aWindowIsChosenOnce() throws Exception {
    for (int i = 0; i < 6; i++) {
      planted.label(planted.another(), 0.1 * i, i % 2 == 0 ? "event" : "no-event");
    }
    planted.label(planted.another(), 0.987654, "censored");
    planted.label(planted.another(), 0.987654, "no-event", "event");
    planted.label(planted.another(), 0.987654, "excluded");
    String plan = planted.plan(3, 5, 1);

    int chosen = atOnce(4, this::run).stream().mapToInt(Integer::intValue).sum();

    // 3 by chance; the censored and the corrected one unless chance has it; 1 of the rest.
    assertThat(chosen).isBetween(5, 6).isEqualTo(cases(plan).size());
    assertThat(run()).isZero();
    for (String id : cases(plan)) {
      List<String> asked = new ArrayList<>();
      for (int place = 1; place <= 2; place++) {
        Task task = task(id, place);
        assertThat(task.getMeta().getVersionId()).isEqualTo("1");
        assertThat(task.getStatus()).isEqualTo(TaskStatus.REQUESTED);
        assertThat(errors(task)).isEmpty();
        assertThat(task.hasFocus()).isFalse();
        assertThat(client.getFhirContext().newJsonParser().encodeResourceToString(task))
            .doesNotContain("RiskAssessment", "adj-", "Observation", "0.987654", "random");
        asked.add(task.getOwner().getReference());
      }
      assertThat(asked).doesNotHaveDuplicates().isSubsetOf(planted.people);
    }
  }

  private static <T> List<T> atOnce(int times, Callable<T> work) throws Exception {
    ExecutorService nodes = Executors.newFixedThreadPool(times);
    try {
      List<Future<T>> running = new ArrayList<>();
      for (int i = 0; i < times; i++) {
        running.add(nodes.submit(work));
      }
      List<T> all = new ArrayList<>();
      for (Future<T> each : running) {
        all.add(each.get());
      }
      return all;
    } finally {
      nodes.shutdownNow();
    }
  }

  private String single() {
    planted.label(planted.patient, 0.3, "no-event");
    String plan = planted.plan(1, 0, 0);
    run();
    return cases(plan).get(0);
  }

  private String stands() {
    return one("select stands from outcome_case where outcome = ?", String.class, planted.outcome);
  }

  void twoWhoAgreeMakeALabelBesideTheRules() {
    String id = single();
    String first = answer(id, 1, "event");
    Task done = task(id, 1);
    assertThat(done.getStatus()).isEqualTo(TaskStatus.COMPLETED);
    assertThat(((Reference) done.getOutputFirstRep().getValue()).getReference())
        .isEqualTo("QuestionnaireResponse/" + first);
    assertThat(search("Observation?_id=" + id + "-label")).isEmpty();

    String second = answer(id, 2, "event");

    Observation label = client.read().resource(Observation.class).withId(id + "-label").execute();
    assertThat(errors(label)).isEmpty();
    assertThat(label.getValueCodeableConcept().getCodingFirstRep().getCode()).isEqualTo("event");
    assertThat(label.getPerformer().stream().map(Reference::getReference))
        .containsExactly(
            task(id, 1).getOwner().getReference(), task(id, 2).getOwner().getReference());
    assertThat(label.getDerivedFrom().stream().map(Reference::getReference))
        .containsExactly("QuestionnaireResponse/" + first, "QuestionnaireResponse/" + second);
    assertThat(label.getFocusFirstRep().getReference()).isEqualTo(planted.prediction);
    assertThat(label.getExtensionByUrl(AdjudicationUrls.GUIDELINE).getExtensionString("sha256"))
        .isEqualTo("0123456789abcdef".repeat(4));
    Provenance origin = client.read().resource(Provenance.class).withId(id + "-origin").execute();
    assertThat(errors(origin)).isEmpty();
    assertThat(origin.getEntity().stream().map(e -> e.getWhat().getReference()))
        .contains(
            "QuestionnaireResponse/" + first + "/_history/1",
            "QuestionnaireResponse/" + second + "/_history/1");
    QuestionnaireResponse kept =
        client.read().resource(QuestionnaireResponse.class).withId(first).execute();
    assertThat(errors(kept)).isEmpty();
    assertThat(kept.getAuthor().getReference()).isEqualTo(task(id, 1).getOwner().getReference());
    assertThat(kept.hasAuthored()).isTrue();
    assertThat(stands()).as("the rule's label stays").isEqualTo("no-event|");
    assertThat(search("Task?_id=" + id + "-3")).isEmpty();

    label.setValue(null);
    assertThatThrownBy(() -> client.update().resource(label).execute())
        .isInstanceOf(ForbiddenOperationException.class);
    kept.getItemFirstRep().getAnswer().clear();
    assertThat(reasons(refusal(() -> client.update().resource(kept).execute())))
        .singleElement()
        .asString()
        .contains("never changes");
    assertThat(
            reasons(
                refusal(
                    () -> client.delete().resourceById("QuestionnaireResponse", second).execute())))
        .hasSize(1);
    assertThat(reasons(refusal(() -> answer(id, 1, "no-event"))))
        .anyMatch(reason -> reason.contains("answered already"));
  }

  void whereTheyDisagreeAThirdDecides() {
    String id = single();
    answer(id, 2, "no-event");
    answer(id, 1, "event");
    assertThat(search("Observation?_id=" + id + "-label")).isEmpty();
    Task third = task(id, 3);
    assertThat(third.getOwner().getReference())
        .isNotIn(task(id, 1).getOwner().getReference(), task(id, 2).getOwner().getReference());
    assertThat(errors(third)).isEmpty();

    answer(id, 3, "no-event");

    Observation label = client.read().resource(Observation.class).withId(id + "-label").execute();
    assertThat(label.getValueCodeableConcept().getCodingFirstRep().getCode()).isEqualTo("no-event");
    assertThat(label.getPerformer()).hasSize(3);
    assertThat(one("select settled from adjudication_case where id = ?", String.class, id))
        .isEqualTo("no-event");
  }

  /** Everything that is wrong with an answer is said at once, and nothing follows from it. */
  void aWrongAnswerIsRefusedWithAllReasons() {
    String id = single();
    Task task = task(id, 1);
    String owner = task.getOwner().getReference();
    QuestionnaireResponse wrong = response(task, "maybe");
    wrong.setQuestionnaire(Planted.FORM.replace("1.0.0", "0.9.0"));
    wrong.setStatus(QuestionnaireResponseStatus.INPROGRESS);
    wrong.addItem().setLinkId("score");
    assertThat(reasons(refusal(() -> as(owner).create().resource(wrong).execute()))).hasSize(4);

    String other = task(id, 2).getOwner().getReference();
    assertThat(
            reasons(refusal(() -> as(other).create().resource(response(task, "event")).execute())))
        .singleElement()
        .asString()
        .contains("another one's");
    QuestionnaireResponse forged = response(task, "event");
    forged.setAuthor(new Reference(other));
    assertThat(reasons(refusal(() -> as(owner).create().resource(forged).execute())))
        .singleElement()
        .asString()
        .contains("somebody else");
    QuestionnaireResponse lost = response(task, "event");
    lost.getExtension().clear();
    lost.getMeta().addProfile(AdjudicationUrls.RESPONSE);
    assertThat(reasons(refusal(() -> as(owner).create().resource(lost).execute()))).hasSize(1);
    assertThat(
            one("select count(*) from adjudication_verdict where case_id = ?", Integer.class, id))
        .isZero();
    assertThat(task(id, 1).getStatus()).isEqualTo(TaskStatus.REQUESTED);
  }

  /** Who has judged takes over the other one's Task, and cannot answer it. */
  void nobodyJudgesTwiceAndTasksAreHandedOver() {
    String id = single();
    String first = task(id, 1).getOwner().getReference();
    answer(id, 1, "event");
    Task second = task(id, 2);
    second.setOwner(new Reference(first)).setStatus(TaskStatus.ACCEPTED);
    as(first).update().resource(second).execute();
    assertThat(reasons(refusal(() -> answer(id, 2, "event"))))
        .singleElement()
        .asString()
        .contains("the same person");

    Task stranger = task(id, 2);
    stranger.setOwner(new Reference("Practitioner/nobody"));
    stranger.setDescription("Changed").setStatus(TaskStatus.COMPLETED);
    assertThat(reasons(refusal(() -> as(first).update().resource(stranger).execute()))).hasSize(3);
    Task handed = task(id, 2);
    String free =
        planted.people.stream().filter(person -> !person.equals(first)).findFirst().orElseThrow();
    handed.setOwner(new Reference(free));
    as(first).update().resource(handed).execute();
    answer(id, 2, "event");
    assertThat(search("Observation?_id=" + id + "-label")).hasSize(1);

    Task forged = task(id, 2);
    forged.setId((String) null);
    assertThat(reasons(refusal(() -> as(first).create().resource(forged).execute()))).hasSize(1);
  }

  /** Where the label cannot be written, the answer is not there either, and can be given again. */
  void allOrNothing() {
    String id = single();
    answer(id, 1, "event");
    jdbc.update(
        "update outcome_case set prediction = 'Nothing/1' where outcome = ?", planted.outcome);
    assertThatThrownBy(() -> answer(id, 2, "event"))
        .isInstanceOf(BaseServerResponseException.class);
    assertThat(seen(id, 1)).hasSize(1);
    assertThat(seen(id, 2)).isEmpty();
    assertThat(task(id, 2).getStatus()).isEqualTo(TaskStatus.REQUESTED);
    assertThat(
            one("select count(*) from adjudication_verdict where case_id = ?", Integer.class, id))
        .isEqualTo(1);

    jdbc.update(
        "update outcome_case set prediction = ? where outcome = ?",
        planted.prediction,
        planted.outcome);
    answer(id, 2, "event");
    assertThat(search("Observation?_id=" + id + "-label")).hasSize(1);
  }

  /** The answers that who was asked in a place sees. */
  private List<Resource> seen(String id, int place) {
    return search(
        as(task(id, place).getOwner().getReference()),
        "QuestionnaireResponse?subject=Patient/" + planted.patient);
  }

  /** While a case is open each sees no answer but the own one, by whatever road. */
  void answersAreApartWhileACaseIsOpen() {
    String id = single();
    String first = answer(id, 1, "event");
    assertThat(seen(id, 1)).hasSize(1);
    assertThat(seen(id, 2)).isEmpty();
    IGenericClient other = as(task(id, 2).getOwner().getReference());
    for (IGenericClient who : List.of(other, client)) {
      assertThatThrownBy(
              () -> who.read().resource(QuestionnaireResponse.class).withId(first).execute())
          .isInstanceOf(BaseServerResponseException.class);
      assertThat(
              search(
                  who,
                  "Patient?_id=" + planted.patient + "&_revinclude=QuestionnaireResponse:subject"))
          .noneMatch(QuestionnaireResponse.class::isInstance);
    }
    answer(id, 2, "event");
    assertThat(seen(id, 1)).hasSize(2);
    assertThat(seen(id, 2)).hasSize(2);
  }

  /** The same answer sent four times at once counts once; two people at once both count. */
  void answersAtOnceCountOnce() throws Exception {
    String id = single();
    List<Boolean> taken =
        atOnce(
            4,
            () -> {
              try {
                answer(id, 1, "event");
                return true;
              } catch (BaseServerResponseException e) {
                return false;
              }
            });
    assertThat(taken).containsOnlyOnce(true);
    assertThat(seen(id, 1)).hasSize(1);
    answer(id, 2, "event");
    assertThat(
            one("select count(*) from adjudication_verdict where case_id = ?", Integer.class, id))
        .isEqualTo(2);
  }

  /** Figures of 24 random cases, worked out by hand; doubtful ones count in none. */
  void theReportTellsHowGoodLabelsAre() {
    // Who answers as place 1 and place 2 follows from the Task; verdicts by place:
    // events by rule: 9 (e,e), 2 (n,n), 1 (e,n,n); non-events: 9 (n,n), 2 (e,e), 1 (e,c,c).
    for (int i = 0; i < 12; i++) {
      planted.label(planted.another(), 0.5, "event");
      planted.label(planted.another(), 0.5, "no-event");
    }
    planted.label(planted.another(), 0.5, "censored");
    String plan = planted.plan(24, 1, 0);
    assertThat(run()).isEqualTo(25);
    int[] seen = new int[2];
    for (String id : cases(plan)) {
      String rule = one("select rule_label from adjudication_case where id = ?", String.class, id);
      if (!rule.equals("censored")) {
        boolean isEvent = rule.equals("event");
        int number = seen[isEvent ? 0 : 1]++;
        judge(id, isEvent, number);
      }
    }
    run();
    MeasureReport report = report(plan);
    assertThat(errors(report)).isEmpty();
    assertThat(report.getMeta().getVersionId()).isEqualTo("2");
    // 22 of 24 alike. Margins of the first: e 13, n 11; of the second: e 11, n 12, c 1.
    double pe = (13 * 11 + 11 * 12) / (24.0 * 24.0);
    assertThat(score(report, "kappa")).isCloseTo((22 / 24.0 - pe) / (1 - pe), within(1e-12));
    assertThat(score(report, "agreement")).isCloseTo(22 / 24.0, within(1e-12));
    assertThat(score(report, "not-judged-rate")).isCloseTo(1 / 24.0, within(1e-12));
    assertThat(score(report, "label-ppv")).isCloseTo(9 / 12.0, within(1e-12));
    assertThat(score(report, "label-sensitivity")).isCloseTo(9 / 11.0, within(1e-12));
    assertThat(count(report, "random")).isEqualTo(24);
    assertThat(count(report, "uncertain")).isEqualTo(1);
    assertThat(count(report, "open")).isEqualTo(1);
    assertThat(count(report, "disagreed")).isEqualTo(2);
    assertThat(count(report, "overdue")).isZero();
    assertThat(report.getExtensionByUrl(AdjudicationUrls.BY_PLAN).getValue().primitiveValue())
        .isEqualTo(plan);

    run();
    assertThat(report(plan).getMeta().getVersionId()).isEqualTo("2");
    round.run(Planted.LATER.plusSeconds(15 * 86_400), () -> true);
    assertThat(count(report(plan), "overdue")).isEqualTo(1);
  }

  private void judge(String id, boolean isEvent, int number) {
    String expected = isEvent ? "event" : "no-event";
    String other = isEvent ? "no-event" : "event";
    if (number < 9) {
      answer(id, 1, expected);
      answer(id, 2, expected);
    } else if (number < 11) {
      answer(id, 1, other);
      answer(id, 2, other);
    } else {
      String second = isEvent ? "no-event" : "cannot-be-judged";
      answer(id, 1, "event");
      answer(id, 2, second);
      answer(id, 3, second);
    }
  }

  private MeasureReport report(String plan) {
    return search("MeasureReport?measure=" + AdjudicationUrls.MEASURE + "|1.0.0&_count=500")
        .stream()
        .map(MeasureReport.class::cast)
        .filter(
            r ->
                r.getExtensionByUrl(AdjudicationUrls.BY_PLAN)
                    .getValue()
                    .primitiveValue()
                    .equals(plan))
        .findFirst()
        .orElseThrow();
  }

  private static MeasureReportGroupComponent group(MeasureReport report, String figure) {
    return report.getGroup().stream()
        .filter(g -> g.getCode().getCodingFirstRep().getCode().equals(figure))
        .findFirst()
        .orElseThrow();
  }

  private static double score(MeasureReport report, String figure) {
    return group(report, figure).getMeasureScore().getValue().doubleValue();
  }

  private static int count(MeasureReport report, String code) {
    return group(report, "adjudicated-cases").getPopulation().stream()
        .filter(p -> p.getCode().getCodingFirstRep().getCode().equals(code))
        .findFirst()
        .orElseThrow()
        .getCount();
  }

  /** Drafts may be wrong; what is to be active is refused with all reasons, and then stays. */
  void aPlanIsActiveOnlyIfItIsWhole() {
    PlanDefinition plan = planted.draft(1, 0, 0);
    plan.getExtensionByUrl(AdjudicationUrls.SEED).setValue(null);
    plan.getExtensionByUrl(AdjudicationUrls.WINDOW).setValue(new CanonicalType("quarter"));
    plan.getExtensionByUrl(AdjudicationUrls.CHOICE)
        .getExtensionByUrl("count")
        .setValue(new IntegerType(0));
    plan.getExtensionByUrl(AdjudicationUrls.GUIDELINE).getExtensionByUrl("sha256").setValue(null);
    plan.getExtension().removeIf(e -> e.getUrl().equals(AdjudicationUrls.ANSWER));
    plan.getExtension()
        .removeAll(plan.getExtensionsByUrl(AdjudicationUrls.PERFORMER).subList(0, 2));
    assertThat(reasons(refusal(() -> client.create().resource(plan).execute()))).hasSize(6);
    plan.setStatus(PublicationStatus.DRAFT);
    client.create().resource(plan).execute();

    PlanDefinition elsewhere = planted.draft(1, 0, 0);
    elsewhere
        .getExtensionByUrl(AdjudicationUrls.OUTCOME)
        .setValue(new CanonicalType("https://example.org/none|1"));
    elsewhere
        .getExtensionByUrl(AdjudicationUrls.FORM)
        .setValue(new CanonicalType("https://example.org/none|1"));
    elsewhere
        .getExtensionsByUrl(AdjudicationUrls.PERFORMER)
        .get(0)
        .setValue(new Reference("Practitioner/none"));
    assertThat(reasons(refusal(() -> client.create().resource(elsewhere).execute()))).hasSize(3);

    PlanDefinition whole = planted.draft(1, 0, 0);
    assertThat(errors(whole)).isEmpty();
    PlanDefinition stored =
        (PlanDefinition)
            Objects.requireNonNull(client.create().resource(whole).execute().getResource());
    stored.setTitle("Another");
    assertThat(reasons(refusal(() -> client.update().resource(stored).execute()))).hasSize(1);
    PlanDefinition retired = read(stored);
    retired.setStatus(PublicationStatus.RETIRED);
    client.update().resource(retired).execute();
    PlanDefinition twice = whole.copy();
    twice.setId((String) null);
    assertThat(reasons(refusal(() -> client.create().resource(twice).execute())))
        .singleElement()
        .asString()
        .contains("is already");
  }

  private PlanDefinition read(Resource resource) {
    return client
        .read()
        .resource(PlanDefinition.class)
        .withId(resource.getIdElement().getIdPart())
        .execute();
  }

  /** Of the question the active version stays, and another one than ours is refused. */
  void aQuestionnaireAsksOneThing() {
    Questionnaire form =
        client.read().resource(Questionnaire.class).withId("adjudicated-outcome").execute();
    form.setTitle("Another");
    assertThat(reasons(refusal(() -> client.update().resource(form).execute()))).hasSize(1);
    form.setId((String) null);
    form.setVersion("9.9." + System.identityHashCode(form));
    form.getItem().get(1).setRequired(false);
    form.getItem().get(2).setLinkId("score");
    assertThat(reasons(refusal(() -> client.create().resource(form).execute()))).hasSize(2);
  }
}
