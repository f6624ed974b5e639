package org.auscult.server.alert;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.jpa.api.dao.IFhirResourceDao;
import ca.uhn.fhir.jpa.api.model.DaoMethodOutcome;
import ca.uhn.fhir.rest.api.server.SystemRequestDetails;
import ca.uhn.fhir.rest.server.exceptions.ResourceVersionConflictException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.auscult.model.ModelCatalog;
import org.auscult.model.fhir.PredictionResources;
import org.auscult.monitoring.finding.FindingKind;
import org.auscult.monitoring.finding.FindingSeverity;
import org.auscult.monitoring.finding.MonitoringFinding;
import org.hl7.fhir.r4.model.DetectedIssue;
import org.hl7.fhir.r4.model.Reference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The one way by which a finding reaches people and deployments.
 *
 * <p>Idea: an issue is a row with an id that follows from its {@link IssueKey}. Whoever settles it
 * holds its row until all that follows is written: DetectedIssue, notifications, Task, suspension.
 * So a node that does the work of another one again finds that all is said, and changes nothing. An
 * issue is open while there are findings, closed when there are none, and opened again, as its next
 * episode, by the next; its versions are its history.
 */
public final class MonitoringIssues {
  private static final Logger LOG = LoggerFactory.getLogger(MonitoringIssues.class);
  private static final Duration WEEK = Duration.ofDays(7);

  private final IssueRows rows;
  private final IFhirResourceDao<DetectedIssue> issues;
  private final IssueTasks tasks;
  private final Suspensions suspensions;
  private final ModelCatalog models;
  private final FhirContext fhir;
  private final TransactionTemplate transaction;
  private final AlertSettings settings;
  private final IssueWatcher watcher;

  MonitoringIssues(
      IssueRows rows,
      IFhirResourceDao<DetectedIssue> issues,
      IssueTasks tasks,
      Suspensions suspensions,
      ModelCatalog models,
      FhirContext fhir,
      TransactionTemplate transaction,
      AlertSettings settings,
      IssueWatcher watcher) {
    this.rows = rows;
    this.issues = issues;
    this.tasks = tasks;
    this.suspensions = suspensions;
    this.models = models;
    this.fhir = fhir;
    this.transaction = transaction;
    this.settings = settings;
    this.watcher = watcher;
  }

  /**
   * Says what was found, to whom it was not said yet. The same findings change nothing.
   *
   * @param findings one at least; all that go into this issue
   * @return whether this opened it
   */
  public boolean found(
      IssueKey key, IssueTerms terms, List<MonitoringFinding> findings, Instant now) {
    if (findings.isEmpty()) {
      throw new IllegalArgumentException("An issue has a finding");
    }
    try {
      return Boolean.TRUE.equals(transaction.execute(status -> say(key, terms, findings, now)));
    } catch (DuplicateKeyException | ResourceVersionConflictException e) {
      LOG.info("Somebody else has written DetectedIssue/{} at once", key.id());
      LOG.debug("Cause", e);
      return false;
    }
  }

  /**
   * Closes an issue, if there is one that is open.
   *
   * @param why for people
   */
  public void over(IssueKey key, String why, Instant now) {
    over(key.id(), why, now);
  }

  /**
   * Closes all of a kind but these.
   *
   * @param still ids of issues of which it is known how they stand
   */
  void overBut(FindingKind kind, Set<String> still, String why, Instant now) {
    rows.open().stream()
        .filter(row -> row.kind().equals(kind.code()) && !still.contains(row.id()))
        .forEach(row -> over(row.id(), why, now));
  }

  /** Closes those of a kind that were opened before a time. */
  public void overBefore(FindingKind kind, Instant time, String why, Instant now) {
    rows.open().stream()
        .filter(row -> row.kind().equals(kind.code()) && row.openedAt().isBefore(time))
        .forEach(row -> over(row.id(), why, now));
  }

  private void over(String id, String why, Instant now) {
    alone(
        id,
        row -> {
          Instant silence = tasks.close(row, why, now);
          rows.close(row, now, silence == null ? row.silentUntil() : silence);
          DetectedIssue issue = Existing.find(issues, id);
          if (issue != null) {
            IssueResources.close(issue, why, now);
            write(issue, row.site());
          }
          LOG.info("DetectedIssue/{} is closed: {}", id, why);
        });
  }

  /** Does something with an issue that is open, while nobody else does. */
  private void alone(String id, Consumer<IssueRow> work) {
    try {
      transaction.executeWithoutResult(
          status -> rows.locked(id).filter(IssueRow::isOpen).ifPresent(work));
    } catch (ResourceVersionConflictException e) {
      LOG.info("Somebody has answered at once to DetectedIssue/{}: it waits for the next look", id);
      LOG.debug("Cause", e);
    }
  }

  private boolean say(
      IssueKey key, IssueTerms terms, List<MonitoringFinding> findings, Instant now) {
    Optional<IssueRow> before = rows.locked(key.id());
    IssueRow row;
    if (before.filter(IssueRow::isOpen).isPresent()) {
      row = before.get();
    } else {
      row = before.orElseGet(() -> blank(key, now)).opened(terms, settings.escalation(), now);
      if (before.isEmpty()) {
        rows.add(row);
      } else {
        rows.reopen(row);
      }
      LOG.warn("DetectedIssue/{} is open: {}", row.id(), terms.title());
    }
    DetectedIssue issue = IssueResources.open(row, key, terms, findings, device(key));
    String said = hash(fhir.newJsonParser().encodeResourceToString(issue));
    if (!said.equals(row.said())) {
      write(issue, row.site());
      rows.say(row, said);
    }
    if (row.toldAt() == null && mayTell(row, now)) {
      tasks.open(row, key, terms, findings, now);
      rows.tell(row, now);
      if (row.severity() == FindingSeverity.WARNING) {
        rows.addTold(row.task(), row.site(), now);
      }
    }
    if (row.severity() == FindingSeverity.CRITICAL && key.kind().isOfRules()) {
      suspensions.suspend(row, key.about(), terms.title(), now);
    }
    return row.episode() != before.map(IssueRow::episode).orElse(0);
  }

  private void write(DetectedIssue issue, String site) {
    DaoMethodOutcome written = issues.update(issue, new SystemRequestDetails());
    if (!written.isNop()) {
      watcher.written(issue, written.getId().getVersionIdPart(), site);
    }
  }

  private static IssueRow blank(IssueKey key, Instant now) {
    return new IssueRow(
        key.id(),
        key.kind().code(),
        key.rule(),
        key.site(),
        FindingSeverity.INFO,
        WEEK,
        0,
        now,
        now,
        null,
        null,
        null,
        "");
  }

  /**
   * Nobody is told of what only informs, nor while silence was asked for, nor beyond the budget.
   */
  private boolean mayTell(IssueRow row, Instant now) {
    return !row.isSilent(now)
        && switch (row.severity()) {
          case INFO -> false;
          case WARNING -> rows.told(row.site(), now.minus(WEEK)) < settings.budget();
          case CRITICAL -> true;
        };
  }

  private @Nullable Reference device(IssueKey key) {
    if (!key.kind().isOfRules()) {
      return null;
    }
    return models
        .find(key.about())
        .map(found -> PredictionResources.device(found.model()).getIdElement().getIdPart())
        .map(id -> new Reference("Device/" + id))
        .orElse(null);
  }

  /** Looks after the Tasks of all that is open: who has answered, what is overdue. */
  void attend(Instant now) {
    for (IssueRow one : rows.open()) {
      if (one.toldAt() != null) {
        alone(one.id(), row -> tasks.attend(row, now).ifPresent(since -> rows.await(row, since)));
      }
    }
    heldBack(now).forEach((site, held) -> tellHeldBack(site, held, now));
  }

  private void tellHeldBack(String site, List<IssueRow> held, Instant now) {
    try {
      tasks.heldBack(site, held, settings.budget(), now);
    } catch (ResourceVersionConflictException e) {
      LOG.debug("Somebody else has written it at once", e);
    }
  }

  /** The warnings that nobody was told of since the budget was spent, by site. */
  private Map<String, List<IssueRow>> heldBack(Instant now) {
    return rows.open().stream()
        .filter(row -> row.severity() == FindingSeverity.WARNING)
        .filter(row -> row.toldAt() == null && !row.isSilent(now))
        .collect(Collectors.groupingBy(IssueRow::site, TreeMap::new, Collectors.toList()));
  }

  /** How many issues of a severity are open. */
  long open(FindingSeverity severity) {
    return rows.open().stream().filter(row -> row.severity() == severity).count();
  }

  /** How many warnings nobody was told of. */
  long heldBackNow(Instant now) {
    return heldBack(now).values().stream().mapToLong(List::size).sum();
  }

  private static String hash(String text) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256", e);
    }
  }
}
