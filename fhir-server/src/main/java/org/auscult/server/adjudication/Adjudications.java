package org.auscult.server.adjudication;

import ca.uhn.fhir.jpa.api.dao.DaoRegistry;
import ca.uhn.fhir.jpa.api.dao.IFhirResourceDao;
import ca.uhn.fhir.rest.api.server.SystemRequestDetails;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.auscult.deidentification.ProtectedCodes;
import org.auscult.model.SensitiveInputs;
import org.auscult.monitoring.adjudication.Adjudication;
import org.auscult.monitoring.adjudication.AdjudicationPlan;
import org.auscult.monitoring.adjudication.Choice;
import org.auscult.monitoring.adjudication.Judgement;
import org.auscult.monitoring.performance.ReportWindow;
import org.auscult.outcome.OutcomeCatalog;
import org.auscult.outcome.ResolvedOutcome;
import org.auscult.server.adjudication.AdjudicationResources.About;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Provenance;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Task;
import org.hl7.fhir.r4.model.Task.TaskStatus;

/** What becomes of cases; all of it within the transaction of the caller. */
final class Adjudications {
  private final AdjudicationRows rows;
  private final StoredPlans plans;
  private final OutcomeCatalog outcomes;
  private final ProtectedCodes codes;
  private final IFhirResourceDao<Task> tasks;
  private final IFhirResourceDao<Observation> labels;
  private final IFhirResourceDao<Provenance> provenances;

  Adjudications(
      AdjudicationRows rows,
      StoredPlans plans,
      OutcomeCatalog outcomes,
      ProtectedCodes codes,
      DaoRegistry daos) {
    this.rows = rows;
    this.plans = plans;
    this.outcomes = outcomes;
    this.codes = codes;
    this.tasks = daos.getResourceDao(Task.class);
    this.labels = daos.getResourceDao(Observation.class);
    this.provenances = daos.getResourceDao(Provenance.class);
  }

  /**
   * Chooses the cases of a window, and asks two people about each.
   *
   * @return how many were chosen
   * @throws org.springframework.dao.DuplicateKeyException if somebody has chosen them
   */
  int choose(AdjudicationPlan plan, ReportWindow window, Instant now) {
    rows.choose(plan, window, now);
    About about = about(plan);
    List<Choice.Chosen> chosen = Choice.of(plan, window, rows.candidates(plan, window));
    for (Choice.Chosen one : chosen) {
      CaseRow row = rows.add(plan, window, one, now.plus(plan.answer()));
      List<String> asked = Choice.asked(plan, row.id());
      ask(row, about, 1, asked.get(0), now);
      ask(row, about, 2, asked.get(1), now);
    }
    return chosen.size();
  }

  /** Takes what somebody said of a case, and does what follows. */
  void answered(CaseRow before, CaseRow.Given given, Instant now) {
    rows.answer(before, given, now);
    List<CaseRow.Given> verdicts = new ArrayList<>(before.verdicts());
    verdicts.add(given);
    CaseRow row =
        new CaseRow(
            before.id(),
            before.plan(),
            before.prediction(),
            before.output(),
            before.patient(),
            before.indexTime(),
            verdicts);
    complete(row, given);
    Adjudication adjudication = row.adjudication();
    About about = about(plans.plan(row.plan()));
    if (adjudication.needsThird()) {
      rows.due(row, now.plus(about.plan().answer()));
      ask(row, about, 3, third(row, about.plan()), now);
    }
    adjudication.label().ifPresent(label -> settle(row, about, label, now));
  }

  private void complete(CaseRow row, CaseRow.Given given) {
    Task task = task(row.task(given.verdict().place()));
    task.setStatus(TaskStatus.COMPLETED);
    task.addOutput()
        .setType(new CodeableConcept().setText("answer"))
        .setValue(
            new Reference(new IdType(given.response()).toUnqualifiedVersionless().getValue()));
    tasks.update(task, new SystemRequestDetails());
  }

  private void settle(CaseRow row, About about, Judgement judgement, Instant now) {
    rows.settle(row, judgement, now);
    labels.update(
        AdjudicationResources.label(row, about, judgement, now), new SystemRequestDetails());
    provenances.update(
        AdjudicationResources.provenance(row, about, now), new SystemRequestDetails());
  }

  private static String third(CaseRow row, AdjudicationPlan plan) {
    List<String> those = row.verdicts().stream().map(given -> given.verdict().person()).toList();
    return Choice.asked(plan, row.id()).stream()
        .filter(person -> !those.contains(person))
        .findFirst()
        .orElseThrow();
  }

  private void ask(CaseRow row, About about, int place, String person, Instant now) {
    tasks.update(
        AdjudicationResources.task(row, about, place, person, now), new SystemRequestDetails());
  }

  /** The Task of an id, which is there. */
  Task task(String id) {
    return tasks.read(new IdType("Task", id), new SystemRequestDetails());
  }

  private About about(AdjudicationPlan plan) {
    ResolvedOutcome outcome =
        outcomes
            .outcome(plan.outcome())
            .orElseThrow(
                () -> new IllegalStateException(plan.outcome() + " cannot be read any more"));
    return new About(
        plan,
        outcome.definition().title(),
        SensitiveInputs.protectedLabels(outcome.sources(), codes));
  }
}
