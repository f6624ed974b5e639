package org.auscult.prediction;

import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.auscult.feature.FeatureVector;
import org.auscult.order.Gap;
import org.auscult.order.OrderCheck;
import org.auscult.order.OrderFinding;
import org.auscult.order.OrderFinding.Outcome;
import org.auscult.order.RenalEstimate;
import org.auscult.order.RepeatCreatinine;
import org.auscult.order.Stability;
import org.jspecify.annotations.Nullable;

/**
 * An order check without what may not be named. Advice and its number stay, since the order must
 * not go unchecked in silence; what they rest on is not said.
 */
final class OrderRedaction {
  private static final String REMARK = "This check rests on " + Redaction.WITHHELD + ".";

  private final Protection protection;
  private final FeatureVector vector;

  private OrderRedaction(Protection protection, FeatureVector vector) {
    this.protection = protection;
    this.vector = vector;
  }

  static OrderRun of(OrderRun run, @Nullable Protection protection) {
    OrderCheck check = run.check();
    if (protection == null
        || check.vector().entries().stream()
            .noneMatch(entry -> protection.features().containsKey(entry.definition()))) {
      return run;
    }
    OrderRedaction redaction = new OrderRedaction(protection, check.vector());
    return new OrderRun(run.first(), redaction.check(check));
  }

  private OrderCheck check(OrderCheck check) {
    RepeatCreatinine repeat = check.repeat();
    return new OrderCheck(
        check.rules(),
        new FeatureVector(
            vector.featureSet(),
            vector.patient(),
            vector.asOf(),
            vector.epoch(),
            vector.entries().stream()
                .filter(entry -> !protection.features().containsKey(entry.definition()))
                .toList()),
        new Stability(check.stability().state(), Redaction.WITHHELD, List.of()),
        check.estimates().stream().map(this::estimate).toList(),
        check.findings().stream().map(this::finding).toList(),
        repeat == null ? null : new RepeatCreatinine(repeat.why(), Redaction.WITHHELD));
  }

  private OrderFinding finding(OrderFinding finding) {
    Outcome outcome = finding.outcome();
    boolean isChecked =
        !(outcome instanceof Outcome.NotChecked || outcome instanceof Outcome.NoRule);
    return isChecked
        ? new OrderFinding(
            finding.order(),
            finding.orderText(),
            finding.ingredient(),
            outcome(outcome),
            List.of(REMARK))
        : finding;
  }

  private Outcome outcome(Outcome outcome) {
    if (outcome instanceof Outcome.Advised advised) {
      return new Outcome.Advised(advised.band(), estimate(advised.estimate()), advised.source());
    } else if (outcome instanceof Outcome.Clear clear) {
      return new Outcome.Clear(estimate(clear.estimate()), clear.source());
    } else if (outcome instanceof Outcome.Unstable) {
      return new Outcome.Unstable(Redaction.WITHHELD, List.of());
    } else if (outcome instanceof Outcome.OnDialysis) {
      return new Outcome.NotAssessed(List.of(gap()));
    } else if (outcome instanceof Outcome.NotAssessed not) {
      Set<Gap> gaps = new LinkedHashSet<>();
      not.gaps().forEach(gap -> gaps.add(hides(gap.input(), gap.evidence()) ? gap() : gap));
      return new Outcome.NotAssessed(List.copyOf(gaps));
    }
    return outcome;
  }

  private static Gap gap() {
    return new Gap(Redaction.CODE, Redaction.WITHHELD, Redaction.WITHHELD, List.of());
  }

  private RenalEstimate estimate(RenalEstimate whole) {
    List<RenalEstimate.Input> open =
        whole.inputs().stream().filter(i -> !hides(i.feature(), i.evidence())).toList();
    Instant effective = open.size() == whole.inputs().size() ? whole.effective() : null;
    return new RenalEstimate(
        whole.kind(), whole.weight(), whole.value(), open, effective, whole.fromModel());
  }

  private boolean hides(String feature, List<String> evidence) {
    return !protection.labelsOf(evidence).isEmpty()
        || vector
            .entry(feature)
            .filter(entry -> protection.features().containsKey(entry.definition()))
            .isPresent();
  }
}
