package org.auscult.server.adjudication;

import ca.uhn.fhir.rest.api.server.RequestDetails;
import java.util.List;
import java.util.Optional;
import org.auscult.access.Requester;
import org.auscult.feature.fhir.Problem;
import org.auscult.feature.fhir.Profiles;
import org.auscult.monitoring.adjudication.Adjudication;
import org.auscult.monitoring.adjudication.Judgement;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.QuestionnaireResponse;
import org.hl7.fhir.r4.model.QuestionnaireResponse.QuestionnaireResponseItemComponent;
import org.hl7.fhir.r4.model.QuestionnaireResponse.QuestionnaireResponseStatus;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Task;
import org.jspecify.annotations.Nullable;

/** Reads what somebody judged, and says everything that speaks against it. */
final class AnswerReader {
  private static final String ITEM = "QuestionnaireResponse.item";

  private final AdjudicationRows rows;
  private final Adjudications adjudications;
  private final StoredPlans plans;

  AnswerReader(AdjudicationRows rows, Adjudications adjudications, StoredPlans plans) {
    this.rows = rows;
    this.adjudications = adjudications;
    this.plans = plans;
  }

  /** A verdict that nothing speaks against. */
  record Answer(CaseRow of, Adjudication.Verdict verdict) {}

  /**
   * Reads it, and locks its case. What the answer leaves out and follows is set in it: author,
   * profile, and labels of special protection.
   *
   * @return null if there are problems
   */
  @Nullable Answer read(
      QuestionnaireResponse response, @Nullable RequestDetails request, List<Problem> problems) {
    String id = task(response);
    Optional<CaseRow> of = rows.locked(CaseRow.idOf(id));
    if (of.isEmpty()) {
      problems.add(
          new Problem(
              "QuestionnaireResponse.extension('" + AdjudicationUrls.OF_TASK + "')",
              "it names no Task of an adjudicator",
              "Give the Task that this answers."));
      return null;
    }
    CaseRow row = of.get();
    int place = id.charAt(id.length() - 1) - '0';
    if (place > 2 && row.verdicts().size() < 2) {
      problems.add(new Problem("Task", "nobody is asked in place " + place, "Answer yours."));
      return null;
    }
    Task task = adjudications.task(id);
    String person = person(response, task, request, problems);
    complete(response, task, plans.plan(row.plan()).questionnaire(), problems);
    Judgement judgement = judgement(response, problems);
    row.adjudication()
        .against(place, person)
        .forEach(
            reason ->
                problems.add(
                    new Problem("QuestionnaireResponse", reason, "Leave it to somebody else.")));
    return problems.isEmpty() && judgement != null
        ? new Answer(row, new Adjudication.Verdict(place, person, judgement))
        : null;
  }

  /** The id of the Task that an answer names; empty if it names not one. */
  static String task(QuestionnaireResponse response) {
    return response.getExtensionsByUrl(AdjudicationUrls.OF_TASK).stream()
        .map(extension -> extension.getValue())
        .filter(Reference.class::isInstance)
        .map(value -> ((Reference) value).getReferenceElement())
        .filter(id -> "Task".equals(id.getResourceType()) && id.hasIdPart())
        .map(id -> id.getIdPart())
        .reduce((a, b) -> "")
        .orElse("");
  }

  /** Who asks: as the access token says, and nobody else. */
  private static String person(
      QuestionnaireResponse response,
      Task task,
      @Nullable RequestDetails request,
      List<Problem> problems) {
    String person =
        request != null
                && request.getAttribute(Requester.ATTRIBUTE) instanceof Requester who
                && who.fhirUser() != null
            ? who.fhirUser()
            : "";
    if (!person.equals(task.getOwner().getReference())) {
      problems.add(
          new Problem(
              "Task.owner",
              "the Task is another one's",
              "Answer a Task of your own, or let it be handed over to you."));
    }
    if (!response.hasAuthor()) {
      response.setAuthor(new Reference(person));
    } else if (!person.equals(response.getAuthor().getReference())) {
      problems.add(
          new Problem(
              "QuestionnaireResponse.author",
              "it is somebody else than who sends it",
              "Leave it out, or name yourself."));
    }
    return person;
  }

  private static void complete(
      QuestionnaireResponse response, Task task, String form, List<Problem> problems) {
    if (!form.equals(response.getQuestionnaire())) {
      problems.add(
          new Problem(
              "QuestionnaireResponse.questionnaire",
              "it is not the one that is asked",
              "Answer " + form + "."));
    }
    if (response.getStatus() != QuestionnaireResponseStatus.COMPLETED) {
      problems.add(
          new Problem(
              "QuestionnaireResponse.status",
              "it is not completed",
              "Store an answer when it is whole."));
    }
    String subject = task.getFor().getReference();
    if (!subject.equals(response.getSubject().getReference())) {
      problems.add(
          new Problem(
              "QuestionnaireResponse.subject",
              "it is not the patient of the Task",
              "Name the one whom the Task names."));
    }
    if (!Profiles.claims(response, AdjudicationUrls.RESPONSE)) {
      response.getMeta().addProfile(AdjudicationUrls.RESPONSE);
    }
    for (Coding label : task.getMeta().getSecurity()) {
      if (response.getMeta().getSecurity(label.getSystem(), label.getCode()) == null) {
        response.getMeta().addSecurity(label.copy());
      }
    }
  }

  private static @Nullable Judgement judgement(
      QuestionnaireResponse response, List<Problem> problems) {
    Judgement judgement = null;
    int verdicts = 0;
    for (QuestionnaireResponseItemComponent item : response.getItem()) {
      if (AdjudicationForms.VERDICT.equals(item.getLinkId())) {
        verdicts++;
        judgement = one(item).orElse(null);
      } else if (!AdjudicationForms.COMMENT.equals(item.getLinkId())) {
        problems.add(
            new Problem(ITEM + "('" + item.getLinkId() + "')", "it is not asked", "Leave it out."));
      }
    }
    if (verdicts != 1 || judgement == null) {
      problems.add(
          new Problem(
              ITEM + "('" + AdjudicationForms.VERDICT + "')",
              "there is not one verdict",
              "Of " + AdjudicationUrls.VERDICT_SYSTEM + " give one of the three codes."));
    }
    return judgement;
  }

  private static Optional<Judgement> one(QuestionnaireResponseItemComponent item) {
    return item.getAnswer().size() == 1
            && item.getAnswerFirstRep().getValue() instanceof Coding coding
            && AdjudicationUrls.VERDICT_SYSTEM.equals(coding.getSystem())
            && coding.hasCode()
        ? Judgement.of(coding.getCode())
        : Optional.empty();
  }
}
