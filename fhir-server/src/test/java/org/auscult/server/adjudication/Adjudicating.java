package org.auscult.server.adjudication;

import ca.uhn.fhir.rest.api.CacheControlDirective;
import ca.uhn.fhir.rest.client.api.IGenericClient;
import ca.uhn.fhir.rest.client.interceptor.BearerTokenAuthInterceptor;
import ca.uhn.fhir.rest.server.exceptions.BaseServerResponseException;
import ca.uhn.fhir.rest.server.exceptions.UnprocessableEntityException;
import java.util.List;
import java.util.Objects;
import org.auscult.server.KnownCaller;
import org.auscult.server.access.TokenHolder;
import org.auscult.server.keys.KeyRing;
import org.auscult.server.outcome.OutcomeRound;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.OperationOutcome;
import org.hl7.fhir.r4.model.OperationOutcome.IssueSeverity;
import org.hl7.fhir.r4.model.OperationOutcome.OperationOutcomeIssueComponent;
import org.hl7.fhir.r4.model.QuestionnaireResponse;
import org.hl7.fhir.r4.model.QuestionnaireResponse.QuestionnaireResponseStatus;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.Task;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;

/** What scenarios of adjudication have at hand: cases, those who judge, and their answers. */
abstract class Adjudicating {
  final IGenericClient client;
  final JdbcTemplate jdbc;
  final AdjudicationRound round;
  final Planted planted;
  private final KnownCaller caller;
  private final KeyRing keys;

  /**
   * On a server.
   *
   * @param caller whose server it is
   * @param context of the server
   */
  Adjudicating(IGenericClient client, KnownCaller caller, ApplicationContext context) {
    this.client = client;
    this.caller = caller;
    this.keys = context.getBean(KeyRing.class);
    this.jdbc = context.getBean(JdbcTemplate.class);
    this.round = context.getBean(AdjudicationRound.class);
    this.planted = new Planted(client, jdbc, context.getBean(OutcomeRound.class));
  }

  void takeBack() {
    planted.takeBack();
  }

  int run() {
    return round.run(Planted.LATER, () -> true);
  }

  <T> T one(String query, Class<T> type, Object... arguments) {
    return Objects.requireNonNull(jdbc.queryForObject(query, type, arguments));
  }

  List<String> cases(String plan) {
    return jdbc.queryForList(
        "select id from adjudication_case where plan = ? order by id", String.class, plan);
  }

  Task task(String id, int place) {
    return client.read().resource(Task.class).withId(id + "-" + place).execute();
  }

  List<Resource> search(String query) {
    return search(client, query);
  }

  static List<Resource> search(IGenericClient who, String query) {
    Bundle bundle =
        who.search()
            .byUrl(query)
            .cacheControl(new CacheControlDirective().setNoCache(true))
            .returnBundle(Bundle.class)
            .execute();
    return bundle.getEntry().stream().map(Bundle.BundleEntryComponent::getResource).toList();
  }

  IGenericClient as(String person) {
    IGenericClient somebody =
        client.getFhirContext().newRestfulGenericClient(caller.root() + "/fhir");
    somebody.registerInterceptor(
        new BearerTokenAuthInterceptor(
            TokenHolder.ofUser(caller.root(), keys, person, List.of("clinician"))));
    return somebody;
  }

  static QuestionnaireResponse response(Task task, String verdict) {
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

  String answer(String id, int place, String verdict) {
    Task task = task(id, place);
    return as(task.getOwner().getReference())
        .create()
        .resource(response(task, verdict))
        .execute()
        .getId()
        .getIdPart();
  }

  /** Without its id: what is a patient's is not validated as the one that is stored. */
  List<String> errors(Resource resource) {
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

  static List<String> reasons(BaseServerResponseException refused) {
    return ((OperationOutcome) Objects.requireNonNull(refused.getOperationOutcome()))
        .getIssue().stream().map(OperationOutcomeIssueComponent::getDiagnostics).toList();
  }

  static UnprocessableEntityException refusal(Runnable write) {
    try {
      write.run();
    } catch (UnprocessableEntityException e) {
      return e;
    }
    throw new AssertionError("It was not refused");
  }
}
