package org.auscult.server.retraining;

import ca.uhn.fhir.jpa.api.dao.IFhirResourceDao;
import ca.uhn.fhir.rest.server.exceptions.ResourceVersionConflictException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.auscult.monitoring.retraining.RetrainingFacts;
import org.auscult.monitoring.retraining.RetrainingPlan;
import org.auscult.monitoring.retraining.RetrainingReason;
import org.auscult.monitoring.retraining.TrainingWindow;
import org.auscult.server.alert.OpenIssues;
import org.auscult.server.life.ActivePlans;
import org.auscult.server.report.ReportEvents;
import org.auscult.server.retraining.RetrainingRows.Asked;
import org.auscult.server.retraining.RetrainingRows.Subject;
import org.hl7.fhir.r4.model.PlanDefinition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Looks at the plans that are active, and asks people where there is a reason.
 *
 * <p>Idea: each reason is told once. While a Task waits for an answer, further reasons go into it;
 * after it, the next one opens the next Task. What people are told and the Task are written in one
 * transaction, and keys follow from plan, model and reason: so doing it again, or on another node,
 * changes nothing.
 */
public final class RetrainingRound {
  private static final Logger LOG = LoggerFactory.getLogger(RetrainingRound.class);

  private final IFhirResourceDao<PlanDefinition> plans;
  private final OpenIssues issues;
  private final ReportEvents events;
  private final RetrainingRows rows;
  private final RetrainingTasks tasks;
  private final TransactionTemplate transaction;
  private final ZoneId zone;

  RetrainingRound(
      IFhirResourceDao<PlanDefinition> plans,
      OpenIssues issues,
      ReportEvents events,
      RetrainingRows rows,
      RetrainingTasks tasks,
      TransactionTemplate transaction,
      ZoneId zone) {
    this.plans = plans;
    this.issues = issues;
    this.events = events;
    this.rows = rows;
    this.tasks = tasks;
    this.transaction = transaction;
    this.zone = zone;
  }

  /**
   * Does all that is to be done.
   *
   * @param goesOn asked before each plan
   * @return how many Tasks were opened or told of more
   */
  public int run(Instant now, BooleanSupplier goesOn) {
    int told = 0;
    for (RetrainingPlan plan :
        ActivePlans.read(plans, RetrainingPlans::isOne, RetrainingPlans::read)) {
      if (!goesOn.getAsBoolean()) {
        return told;
      }
      Optional<String> model = rows.serving(plan.model());
      if (model.isPresent() && look(plan, model.get(), now)) {
        told++;
      }
    }
    return told;
  }

  private boolean look(RetrainingPlan plan, String model, Instant now) {
    List<RetrainingFacts.OpenIssue> open = issues.about(model);
    List<RetrainingFacts.Event> happened = events.read().happened();
    Subject subject = new Subject(plan.canonical(), model);
    try {
      return Boolean.TRUE.equals(
          transaction.execute(status -> ask(plan, subject, open, happened, now)));
    } catch (DuplicateKeyException | ResourceVersionConflictException e) {
      LOG.info("Somebody else looks at a retraining plan at once: it waits for the next look");
      LOG.debug("Cause", e);
      return false;
    }
  }

  private boolean ask(
      RetrainingPlan plan,
      Subject subject,
      List<RetrainingFacts.OpenIssue> open,
      List<RetrainingFacts.Event> happened,
      Instant now) {
    Optional<Asked> latest = rows.latest(subject);
    if (latest.isPresent()
        && latest.get().closedAt() == null
        && tasks.isAnswered(latest.get().id())) {
      rows.close(latest.get(), now);
      latest = Optional.of(new Asked(latest.get().id(), latest.get().number(), now));
    }
    Instant since = latest.map(Asked::closedAt).orElse(plan.began());
    List<RetrainingReason> all =
        plan.reasons(new RetrainingFacts(since, open, happened), now, zone);
    List<RetrainingReason> fresh =
        all.stream().filter(reason -> !rows.isKnown(subject, reason.key())).toList();
    if (fresh.isEmpty()) {
      return false;
    }
    TrainingWindow window = window(plan, subject.model(), all, now);
    Asked asked;
    if (latest.isPresent() && latest.get().closedAt() == null) {
      asked = latest.get();
      tasks.add(asked.id(), fresh, window, now);
    } else {
      asked = rows.open(subject, latest.map(Asked::number).orElse(0) + 1, now);
      tasks.open(asked.id(), plan, subject.model(), fresh, window, now);
    }
    fresh.forEach(reason -> rows.addReason(subject, reason.key(), asked));
    LOG.info("Task/{} asks for {} to be trained again", asked.id(), subject.model());
    return true;
  }

  private TrainingWindow window(
      RetrainingPlan plan, String model, List<RetrainingReason> reasons, Instant now) {
    Instant last = rows.lastLabelled(model, plan.site()).orElse(now);
    Instant end = last.atZone(zone).toLocalDate().plusDays(1).atStartOfDay(zone).toInstant();
    return plan.window(
        reasons, end, zone, (from, until) -> rows.labels(model, plan.site(), from, until));
  }
}
