package org.auscult.model.fhir;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.auscult.order.Gap;
import org.auscult.order.OrderFinding;
import org.auscult.order.OrderFinding.Ingredient;
import org.auscult.order.OrderFinding.Outcome;
import org.auscult.prediction.Caller;
import org.auscult.prediction.DeploymentRun;
import org.auscult.prediction.JournalEntry;
import org.auscult.prediction.OrderRun;
import org.auscult.prediction.OrderRun.Indexed;
import org.auscult.prediction.Protection;
import org.auscult.prediction.Reason;
import org.auscult.prediction.ReasonCode;
import org.hl7.fhir.r4.model.CanonicalType;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.DetectedIssue;
import org.hl7.fhir.r4.model.DetectedIssue.DetectedIssueSeverity;
import org.hl7.fhir.r4.model.DetectedIssue.DetectedIssueStatus;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Reference;
import org.jspecify.annotations.Nullable;

/**
 * What order rules said, as DetectedIssues. The order itself is a draft at the caller's and is only
 * named; table, version and evidence stand in the issue, so it needs no Provenance beside it.
 */
final class OrderIssues {
  private OrderIssues() {}

  /** Whether a finding becomes an issue; others are reasons, or nothing. */
  static boolean isIssue(OrderFinding finding) {
    return switch (finding.kind()) {
      case ADVISED, UNSTABLE, ON_DIALYSIS -> true;
      case CLEAR, NOT_ASSESSED, NOT_CHECKED, NO_RULE -> false;
    };
  }

  static String id(JournalEntry entry, int index) {
    return entry.id() + "." + index;
  }

  static List<DetectedIssue> of(JournalEntry entry, DeploymentRun run, String subject) {
    OrderRun orders = run.orders();
    return orders == null
        ? List.of()
        : orders.findings().stream()
            .filter(one -> isIssue(one.finding()))
            .map(one -> issue(entry, run, orders, one, subject))
            .toList();
  }

  private static DetectedIssue issue(
      JournalEntry entry, DeploymentRun run, OrderRun orders, Indexed one, String subject) {
    OrderFinding finding = one.finding();
    DetectedIssue issue = new DetectedIssue();
    issue.setId(id(entry, one.index()));
    issue.getMeta().addProfile(ModelUrls.ORDER_FINDING);
    issue.addExtension(ModelUrls.ORDER_FINDING_RULES, new CanonicalType(orders.check().rules()));
    run.decision(one.index() + 1)
        .map(d -> d.withheld())
        .ifPresent(
            reason -> issue.addExtension(ModelUrls.CARD_WITHHELD, new CodeType(reason.code())));
    issue.setStatus(DetectedIssueStatus.FINAL);
    issue.setCode(code(finding));
    issue.setPatient(new Reference(subject));
    issue.setIdentified(PredictionResources.instant(entry.indexTime()));
    issue.addImplicated(order(entry.call().caller(), finding));
    Outcome outcome = finding.outcome();
    if (outcome instanceof Outcome.Advised advised) {
      issue.setSeverity(severity(advised));
      issue.setDetail(advised.band().text());
      issue.setReference(advised.source().url());
      evidence(issue, advised.estimate().evidence());
    } else if (outcome instanceof Outcome.Unstable unstable) {
      issue.setSeverity(DetectedIssueSeverity.HIGH);
      issue.setDetail(unstable.text());
      evidence(issue, unstable.evidence());
    } else if (outcome instanceof Outcome.OnDialysis dialysis) {
      issue.setSeverity(DetectedIssueSeverity.HIGH);
      issue.setDetail(dialysis.text());
      evidence(issue, dialysis.evidence());
    }
    return issue;
  }

  private static DetectedIssueSeverity severity(Outcome.Advised advised) {
    return switch (advised.band().severity()) {
      case CRITICAL -> DetectedIssueSeverity.HIGH;
      case WARNING -> DetectedIssueSeverity.MODERATE;
      case INFO -> DetectedIssueSeverity.LOW;
    };
  }

  private static CodeableConcept code(OrderFinding finding) {
    CodeableConcept code = new CodeableConcept();
    code.addCoding(
        new Coding()
            .setSystem(ModelUrls.ORDER_FINDING_SYSTEM)
            .setCode(finding.kind().name().toLowerCase(Locale.ROOT).replace('_', '-')));
    if (finding.outcome() instanceof Outcome.Advised advised) {
      code.addCoding(
          new Coding()
              .setSystem(ModelUrls.ORDER_ACTION_SYSTEM)
              .setCode(advised.band().action().code()));
    }
    return code;
  }

  /** The order by its name at the caller's, and the ingredient that is meant. */
  private static Reference order(Caller caller, OrderFinding finding) {
    Ingredient ingredient = finding.ingredient();
    String display = ingredient == null ? finding.orderText() : ingredient.title();
    Reference order = new Reference();
    order.setIdentifier(new Identifier().setSystem(caller.fhirServer()).setValue(finding.order()));
    if (!display.isBlank()) {
      order.setDisplay(display);
    }
    return order;
  }

  private static void evidence(DetectedIssue issue, List<String> references) {
    if (!references.isEmpty()) {
      var evidence = issue.addEvidence();
      references.forEach(reference -> evidence.addDetail(new Reference(reference)));
    }
  }

  /** The labels of what an issue rests on. */
  static Set<String> labels(DetectedIssue issue, @Nullable Protection protection) {
    return protection == null
        ? Set.of()
        : protection.labelsOf(
            issue.getEvidence().stream()
                .flatMap(evidence -> evidence.getDetail().stream())
                .map(Reference::getReference)
                .toList());
  }

  /** The labels of what those reasons name. */
  static Set<String> labels(
      DeploymentRun run, List<Reason> reasons, @Nullable Protection protection) {
    Set<String> labels = new TreeSet<>();
    OrderRun orders = run.orders();
    if (protection != null && orders != null) {
      for (Reason reason : reasons) {
        labels.addAll(protection.labelsOf(reason.evidence()));
        orders
            .check()
            .vector()
            .entry(reason.input())
            .ifPresent(
                entry ->
                    labels.addAll(
                        protection.features().getOrDefault(entry.definition(), List.of())));
      }
    }
    return labels;
  }

  /** Why orders could not be held against rules. */
  static List<Reason> reasons(DeploymentRun run) {
    List<Reason> reasons = new ArrayList<>();
    Optional.ofNullable(run.orders())
        .ifPresent(
            orders ->
                orders.findings().stream()
                    .map(Indexed::finding)
                    .forEach(finding -> reasons.addAll(reasons(finding))));
    return reasons.stream().distinct().toList();
  }

  private static List<Reason> reasons(OrderFinding finding) {
    if (finding.outcome() instanceof Outcome.NotAssessed notAssessed) {
      return notAssessed.gaps().stream().map(OrderIssues::reason).toList();
    }
    return finding.outcome() instanceof Outcome.NotChecked notChecked
        ? List.of(
            new Reason(
                ReasonCode.NOT_CHECKED.code(), finding.order(), notChecked.text(), List.of()))
        : List.of();
  }

  private static Reason reason(Gap gap) {
    return new Reason(gap.code(), gap.input(), gap.text(), gap.evidence());
  }
}
