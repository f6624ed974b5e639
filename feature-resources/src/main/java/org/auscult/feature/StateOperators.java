package org.auscult.feature;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.auscult.feature.FactSelector.Found;
import org.auscult.feature.FeatureValue.Missing;
import org.auscult.timeline.Fact;
import org.auscult.timeline.FactOrder;
import org.jspecify.annotations.Nullable;

/** What operators make of states: what holds at the index time, and for how long it held. */
final class StateOperators {
  private StateOperators() {}

  static FeatureValue value(
      FeatureDefinition definition, Found found, Span span, Instant indexTime) {
    List<ReadFact> holding =
        ReadFact.where(found.inWindow(), fact -> holdsAt(fact.fact(), indexTime));
    return switch (definition.operator()) {
      case ACTIVE -> active(definition, found, holding);
      case DURATION -> duration(definition, found, holding, indexTime);
      default -> total(definition, found, span);
    };
  }

  private static FeatureValue active(
      FeatureDefinition definition, Found found, List<ReadFact> holding) {
    if (!holding.isEmpty()) {
      Fact last = holding.get(holding.size() - 1).fact();
      return Values.present(1, definition.unit(), holding, last.display());
    }
    return found.complete()
        ? Values.present(0, definition.unit(), List.of(), null)
        : Values.incomplete(Objects.requireNonNull(definition.kind()));
  }

  private static FeatureValue duration(
      FeatureDefinition definition, Found found, List<ReadFact> holding, Instant indexTime) {
    if (holding.isEmpty()) {
      return found.complete()
          ? new Missing(MissingReason.NOT_RECORDED, "none holds at the index time")
          : Values.incomplete(Objects.requireNonNull(definition.kind()));
    }
    ReadFact last =
        holding.stream()
            .max(
                Comparator.comparing(
                    ReadFact::fact,
                    Comparator.comparing((Fact f) -> f.effective().from())
                        .thenComparing(FactOrder.ORDER)))
            .orElseThrow();
    if (Values.isUndated(last.fact())) {
      return Values.undated();
    }
    Duration since = Duration.between(last.fact().effective().from(), indexTime);
    return Values.present(
        TimeOperators.inUnit(since, definition.unit()), definition.unit(), List.of(last), null);
  }

  private static FeatureValue total(FeatureDefinition definition, Found found, Span span) {
    if (!found.complete()) {
      return Values.incomplete(Objects.requireNonNull(definition.kind()));
    }
    if (found.inWindow().stream().map(ReadFact::fact).anyMatch(Values::isUndated)) {
      return Values.undated();
    }
    if (found.recorded().stream()
        .map(ReadFact::fact)
        .anyMatch(f -> isOverSometime(f) && span.holds(f))) {
      return new Missing(MissingReason.AMBIGUOUS, "recorded as over, without saying since when");
    }
    Duration total = Duration.ZERO;
    Instant covered = Instant.MIN;
    List<Fact> byStart = new ArrayList<>();
    found.inWindow().forEach(fact -> byStart.add(fact.fact()));
    byStart.sort(Comparator.comparing(f -> f.effective().from()));
    for (Fact fact : byStart) {
      Instant from = later(later(fact.effective().from(), span.start()), covered);
      Instant until = earlier(fact.effective().until(), span.end());
      if (until.isAfter(from)) {
        total = total.plus(Duration.between(from, until));
        covered = until;
      }
    }
    return Values.present(
        TimeOperators.inUnit(total, definition.unit()), definition.unit(), found.inWindow(), null);
  }

  /** An order holds as long as its status says so; other states until they end. */
  private static boolean holdsAt(Fact fact, Instant instant) {
    Instant until = fact.effective().until();
    return until == null || until.isAfter(instant);
  }

  private static boolean isOverSometime(Fact fact) {
    return Statuses.isOver(fact) && fact.effective().until() == null;
  }

  private static Instant later(Instant a, @Nullable Instant b) {
    return b == null || a.isAfter(b) ? a : b;
  }

  private static Instant earlier(@Nullable Instant a, Instant b) {
    return a == null || a.isAfter(b) ? b : a;
  }
}
