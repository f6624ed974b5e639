package org.auscult.server.retraining;

import ca.uhn.fhir.jpa.api.dao.IFhirResourceDao;
import ca.uhn.fhir.rest.api.server.SystemRequestDetails;
import java.time.Instant;
import java.util.Date;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.auscult.model.fhir.PredictionResources;
import org.auscult.monitoring.retraining.RetrainingPlan;
import org.auscult.monitoring.retraining.RetrainingReason;
import org.auscult.monitoring.retraining.TrainingWindow;
import org.auscult.server.alert.AlertUrls;
import org.auscult.server.alert.Existing;
import org.auscult.server.report.Figures;
import org.auscult.statistics.fairness.SmallCells;
import org.hl7.fhir.r4.model.CanonicalType;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.IntegerType;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.StringType;
import org.hl7.fhir.r4.model.Task;
import org.hl7.fhir.r4.model.Task.ParameterComponent;
import org.hl7.fhir.r4.model.Task.TaskIntent;
import org.hl7.fhir.r4.model.Task.TaskPriority;
import org.hl7.fhir.r4.model.Task.TaskStatus;
import org.hl7.fhir.r4.model.Type;

/** The Tasks by which people are asked to train a model again. They name no patient. */
final class RetrainingTasks {
  private static final String REASON = "reason";
  private static final String EVIDENCE = "evidence";
  private static final Set<TaskStatus> ANSWERED =
      EnumSet.of(
          TaskStatus.COMPLETED, TaskStatus.REJECTED, TaskStatus.CANCELLED, TaskStatus.FAILED);

  private final IFhirResourceDao<Task> tasks;

  RetrainingTasks(IFhirResourceDao<Task> tasks) {
    this.tasks = tasks;
  }

  /** Whether somebody has done what was asked, or said that it will not be done. */
  boolean isAnswered(String id) {
    return find(id).map(task -> ANSWERED.contains(task.getStatus())).orElse(true);
  }

  private Optional<Task> find(String id) {
    return Optional.ofNullable(Existing.find(tasks, id));
  }

  /** Asks people, for the first time. */
  void open(
      String id,
      RetrainingPlan plan,
      String model,
      List<RetrainingReason> reasons,
      TrainingWindow window,
      Instant now) {
    Task task = new Task();
    task.setId(id);
    task.getMeta().addProfile(AlertUrls.TASK);
    task.setStatus(TaskStatus.REQUESTED).setIntent(TaskIntent.ORDER);
    task.setPriority(TaskPriority.ROUTINE);
    task.setCode(new CodeableConcept(new Coding(AlertUrls.KIND_SYSTEM, "retraining", null)));
    task.setAuthoredOn(Date.from(now));
    task.addPerformerType().setText("informaticist");
    task.setDescription(plan.title() + "\n" + model + " should be trained again, or calibrated.");
    input(task, "plan", new CanonicalType(plan.canonical()));
    input(task, "model", new CanonicalType(model));
    if (!plan.site().isEmpty()) {
      input(task, "site", new Reference("Organization/" + plan.site()));
    }
    window(task, window);
    tell(task, reasons);
    tasks.update(task, new SystemRequestDetails());
  }

  /** Tells people who have not answered yet of further reasons. */
  void add(String id, List<RetrainingReason> reasons, TrainingWindow window, Instant now) {
    find(id)
        .ifPresent(
            task -> {
              task.getInput().removeIf(input -> input.getType().getText().startsWith("training-"));
              window(task, window);
              tell(task, reasons);
              task.addNote()
                  .setText("There are more reasons, and the window is proposed anew.")
                  .setTimeElement(PredictionResources.instant(now));
              tasks.update(task, new SystemRequestDetails());
            });
  }

  /** The reasons of a Task so far, as far as they have a time: what its window is proposed by. */
  private static void tell(Task task, List<RetrainingReason> reasons) {
    for (RetrainingReason reason : reasons) {
      input(task, REASON, new StringType(reason.text()));
      if (reason.evidence() != null) {
        input(task, EVIDENCE, new Reference(reason.evidence()));
      }
    }
  }

  private static void window(Task task, TrainingWindow window) {
    input(task, "training-window", Figures.period(window.start(), window.end()));
    input(task, "training-window-why", new StringType(window.why().words()));
    input(
        task,
        "training-labels",
        window.labels() > SmallCells.MOST_HIDDEN
            ? new IntegerType(Math.toIntExact(window.labels()))
            : new StringType("10 or fewer"));
  }

  private static void input(Task task, String name, Type value) {
    ParameterComponent input = task.addInput();
    input.setValue(value);
    input.getType().setText(name);
  }
}
