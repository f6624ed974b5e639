package org.auscult.server.synthetic;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import org.auscult.monitoring.finding.FindingKind;
import org.auscult.monitoring.finding.FindingSeverity;
import org.auscult.monitoring.finding.FindingSubject;
import org.auscult.monitoring.finding.MonitoringFinding;
import org.auscult.monitoring.finding.MonitoringFinding.Detail;
import org.auscult.server.alert.IssueKey;
import org.auscult.server.alert.IssueTerms;
import org.auscult.server.alert.MonitoringIssues;
import org.auscult.server.synthetic.SyntheticCalls.Request;
import org.auscult.server.synthetic.SyntheticCalls.Service;
import org.auscult.server.synthetic.SyntheticRows.Row;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks each service that is on offer, and tells people of one that cannot answer, or that answers
 * the same request with other numbers than the first time, or with none.
 *
 * <p>Idea: the request follows from the definitions of the models that answer, so the same
 * deployment must say the same of it for ever. A service is due once its last request is an
 * interval old, and at once when another deployment answers.
 */
final class SyntheticRound {
  private static final Logger LOG = LoggerFactory.getLogger(SyntheticRound.class);

  static final String FAILS = "fails";
  static final String CHANGED = "changed";

  private static final IssueTerms FAILS_TERMS =
      new IssueTerms("A service cannot answer", FindingSeverity.WARNING, null);
  private static final IssueTerms CHANGED_TERMS =
      new IssueTerms(
          "A model answers the same request with another number, or none",
          FindingSeverity.CRITICAL,
          null);

  private final SyntheticCalls calls;
  private final SyntheticRows rows;
  private final MonitoringIssues issues;
  private final Duration interval;

  SyntheticRound(
      SyntheticCalls calls, SyntheticRows rows, MonitoringIssues issues, Duration interval) {
    this.calls = calls;
    this.rows = rows;
    this.issues = issues;
    this.interval = interval;
  }

  /**
   * Asks all that are due.
   *
   * @param goesOn asked before each service
   */
  void run(Instant now, BooleanSupplier goesOn) {
    List<Service> offered = calls.services();
    for (Service service : offered) {
      if (goesOn.getAsBoolean()) {
        lookAlone(service, now);
      }
    }
    for (Row row : rows.all()) {
      boolean isOffered =
          offered.stream()
              .anyMatch(s -> s.id().equals(row.service()) && s.hook().equals(row.hook()));
      if (row.isOffered() && !isOffered) {
        issues.over(key(row.service(), row.hook()), "The service is no longer on offer.", now);
        rows.withdraw(row);
      }
    }
  }

  /** What cannot be asked keeps nobody from asking the next one. */
  private void lookAlone(Service service, Instant now) {
    try {
      look(service, now);
    } catch (RuntimeException e) {
      // The message of a storage error may quote a resource; its type says enough.
      LOG.error("{} on {} could not be asked: {}", service.id(), service.hook(), e.getClass());
      LOG.debug("Cause", e);
    }
  }

  private void look(Service service, Instant now) {
    Request request = calls.request(service);
    Optional<Row> before =
        rows.find(service.id(), service.hook()).filter(row -> row.request().equals(request.hash()));
    if (before.isPresent()
        && before.get().isOffered()
        && before.get().askedAt().plus(interval).isAfter(now)) {
      return;
    }
    SyntheticAnswer answer = calls.call(request, now);
    SortedMap<String, Double> first = new TreeMap<>(answer.scores());
    before.ifPresent(row -> first.putAll(row.scores()));
    List<String> changed = answer.otherThan(first);
    if (answer.isSound()) {
      issues.over(key(service.id(), service.hook()), "It answers again.", now);
    } else {
      issues.found(
          key(service.id(), service.hook()), FAILS_TERMS, List.of(fails(service, answer)), now);
    }
    SortedMap<String, List<String>> byModel =
        byModel(first.keySet().stream().filter(answer::judges).toList(), changed);
    byModel.forEach(
        (model, others) -> {
          if (others.isEmpty()) {
            issues.over(changedKey(service, model), "It says the same number again.", now);
          } else {
            issues.found(
                changedKey(service, model),
                CHANGED_TERMS,
                others.stream().map(score -> changed(service, score)).toList(),
                now);
          }
        });
    rows.keep(
        new Row(
            service.id(),
            service.hook(),
            request.hash(),
            first,
            now,
            true,
            answer.isSound() && changed.isEmpty(),
            answer.millis()));
  }

  /** Of each model, those of its scores that are other ones; there may be none. */
  private static SortedMap<String, List<String>> byModel(
      Collection<String> scores, Collection<String> changed) {
    SortedMap<String, List<String>> byModel = new TreeMap<>();
    for (String score : scores) {
      List<String> others = byModel.computeIfAbsent(model(score), model -> new ArrayList<>());
      if (changed.contains(score)) {
        others.add(score);
      }
    }
    return byModel;
  }

  private static String model(String score) {
    return score.substring(0, score.lastIndexOf(' '));
  }

  private static String output(String score) {
    return score.substring(score.lastIndexOf(' ') + 1);
  }

  private static IssueKey key(String service, String hook) {
    return new IssueKey(FindingKind.SYNTHETIC_REQUEST, FAILS, service + " " + hook, "");
  }

  /** By service and hook too: each has its own patient, and the others may say what they said. */
  static IssueKey changedKey(Service service, String model) {
    return new IssueKey(
        FindingKind.SYNTHETIC_REQUEST,
        CHANGED + " " + service.id() + " " + service.hook(),
        model,
        "");
  }

  private static MonitoringFinding fails(Service service, SyntheticAnswer answer) {
    List<Detail> details = new ArrayList<>();
    details.add(new Detail("service", service.id()));
    details.add(new Detail("hook", service.hook()));
    details.add(new Detail("status", Integer.toString(answer.status())));
    answer.failed().forEach(model -> details.add(new Detail("failed", model)));
    return new MonitoringFinding(
        FindingKind.SYNTHETIC_REQUEST,
        FindingSeverity.WARNING,
        FindingSubject.about(service.id() + " " + service.hook(), ""),
        null,
        null,
        "The service "
            + service.id()
            + " could not answer a request on "
            + service.hook()
            + " about a synthetic patient, so clinicians see nothing of it either. The server's log"
            + " says why.",
        details);
  }

  private static MonitoringFinding changed(Service service, String score) {
    return new MonitoringFinding(
        FindingKind.SYNTHETIC_REQUEST,
        FindingSeverity.CRITICAL,
        FindingSubject.ofModel(model(score), output(score)),
        null,
        null,
        model(score)
            + " says another "
            + output(score)
            + ", or none, of the same synthetic patient than when this deployment was asked first."
            + " The model, its features and the patient are the same by their versions: find out"
            + " what was changed beside them, such as mappings of codes or the runtime.",
        List.of(new Detail("service", service.id()), new Detail("output", output(score))));
  }
}
