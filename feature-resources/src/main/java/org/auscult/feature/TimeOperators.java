package org.auscult.feature;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.auscult.feature.FactSelector.Found;
import org.auscult.feature.FeatureValue.Missing;
import org.auscult.feature.FeatureValue.Present;
import org.auscult.timeline.Code;
import org.auscult.timeline.CodeFamilies;
import org.auscult.timeline.Fact;
import org.auscult.timeline.FactValue;
import org.auscult.timeline.Quantity;
import org.auscult.timeline.ReferenceFlag;
import org.auscult.unit.Units;
import org.jspecify.annotations.Nullable;

/** What operators make of facts whose numbers do not matter: how many, how often, how long ago. */
final class TimeOperators {
  private TimeOperators() {}

  /** A stretch of time in a UCUM unit of time, to the millisecond. */
  static double inUnit(Duration duration, String unit) {
    Quantity seconds = new Quantity(BigDecimal.valueOf(duration.toMillis(), 3), "s");
    return Units.convert(seconds, unit).orElseThrow().value().doubleValue();
  }

  static FeatureValue since(FeatureDefinition definition, ReadFact fact, Instant indexTime) {
    if (Values.isUndated(fact.fact())) {
      return Values.undated();
    }
    Duration since = Duration.between(fact.visibleFrom(), indexTime);
    return Values.present(inUnit(since, definition.unit()), definition.unit(), List.of(fact), null);
  }

  /** Whether a fact bears one of the definition's flags. */
  static FeatureValue flagged(FeatureDefinition definition, ReadFact fact) {
    Filter filter = Objects.requireNonNull(definition.selection()).filter();
    ReferenceFlag flag = fact.fact().context().flag();
    if (flag == null) {
      return new Missing(
          MissingReason.UNRECOGNISED_VALUE,
          "neither interpretation nor reference range says how it stands to what is usual");
    }
    boolean isFlagged = filter.isFlagged(fact.fact());
    if (!isFlagged && filter.flags().stream().anyMatch(asked -> mayBe(flag, asked))) {
      // Abnormal without a direction may be low or high, so it is not said to be neither.
      return new Missing(MissingReason.UNRECOGNISED_VALUE, "recorded as " + flag.code() + " only");
    }
    return Values.present(isFlagged ? 1 : 0, definition.unit(), List.of(fact), flag.code());
  }

  /** Whether it is said so coarsely that it may be the other, too. */
  private static boolean mayBe(ReferenceFlag flag, ReferenceFlag asked) {
    return switch (flag) {
      case ABNORMAL -> asked != ReferenceFlag.NORMAL;
      case CRITICAL ->
          asked == ReferenceFlag.LOW
              || asked == ReferenceFlag.HIGH
              || asked == ReferenceFlag.CRITICAL_LOW
              || asked == ReferenceFlag.CRITICAL_HIGH;
      case NORMAL, LOW, HIGH, CRITICAL_LOW, CRITICAL_HIGH -> false;
    };
  }

  static FeatureValue exists(FeatureDefinition definition, Found found, List<ReadFact> said) {
    if (!said.isEmpty()) {
      return Values.present(1, "1", said, said.get(said.size() - 1).fact().display());
    }
    return found.complete()
        ? Values.present(0, "1", List.of(), null)
        : Values.incomplete(Objects.requireNonNull(definition.kind()));
  }

  /**
   * @param said the facts of the window that are not recorded as absent
   */
  static FeatureValue count(FeatureDefinition definition, Found found, List<ReadFact> said) {
    return found.complete()
        ? Values.present(said.size(), definition.unit(), said, null)
        : Values.incomplete(Objects.requireNonNull(definition.kind()));
  }

  static FeatureValue rate(
      FeatureDefinition definition, Found found, List<ReadFact> said, Span span) {
    if (!found.complete()) {
      return Values.incomplete(Objects.requireNonNull(definition.kind()));
    }
    Duration length = span.length();
    if (length == null || length.isZero() || length.isNegative()) {
      return new Missing(MissingReason.UNDEFINED, "a rate over no time");
    }
    double perSecond = said.size() / (length.toMillis() / 1000.0);
    double value = perSecond * NumberOperators.perSecond("1", definition.unit());
    return Values.present(value, definition.unit(), said, null);
  }

  static FeatureValue distinct(
      ResolvedFeature feature, Found found, List<ReadFact> said, ZoneId zone) {
    FeatureDefinition definition = feature.definition();
    if (!found.complete()) {
      return Values.incomplete(Objects.requireNonNull(definition.kind()));
    }
    if (definition.arguments().distinct() == Distinct.DAY
        && !said.stream().map(ReadFact::fact).allMatch(TimeOperators::isOfOneDay)) {
      return new Missing(MissingReason.AMBIGUOUS, "recorded without a day");
    }
    Set<Object> different = new HashSet<>();
    for (ReadFact fact : said) {
      Object key = key(feature, fact, zone);
      if (key != null) {
        different.add(key);
      }
    }
    return Values.present(different.size(), definition.unit(), said, null);
  }

  private static boolean isOfOneDay(Fact fact) {
    return switch (fact.effective().precision()) {
      case DAY, INSTANT -> true;
      case YEAR, MONTH, UNDATED -> false;
    };
  }

  /** Null for a fact that does not count. */
  private static @Nullable Object key(ResolvedFeature feature, ReadFact read, ZoneId zone) {
    Fact fact = read.fact();
    FeatureDefinition definition = feature.definition();
    return switch (Arguments.required(definition.arguments().distinct())) {
      case CODE -> code(feature, fact);
      case DAY -> fact.effective().from().atZone(zone).toLocalDate();
      case ENCOUNTER -> fact.context().encounter();
      case VALUE -> {
        if (definition.arguments().valueUnit() == null) {
          yield fact.value() instanceof FactValue.None ? null : said(feature, fact.value());
        }
        yield read.value() instanceof Present present ? present.value() : null;
      }
    };
  }

  private static Object said(ResolvedFeature feature, FactValue value) {
    return value instanceof FactValue.Coded coded
        ? feature.terms().translation().represented(coded.codes())
        : value;
  }

  /**
   * The first that the definition lists; of a ValueSet, the first of the fact's own. Of codes that
   * mean the same one stands for all.
   */
  private static Object code(ResolvedFeature feature, Fact fact) {
    Translation translation = feature.terms().translation();
    Collection<Code> meanings = translation.meanings(fact.codes());
    List<Code> listed = feature.definition().codes();
    Code first =
        listed.stream()
            .filter(fact.codes()::contains)
            .findFirst()
            .or(() -> listed.stream().filter(meanings::contains).findFirst())
            .or(
                () ->
                    fact.codes().stream()
                        .filter(c -> CodeFamilies.holds(feature.codes(), c))
                        .findFirst())
            .orElseGet(() -> fact.codes().get(0));
    return translation.represented(List.of(first));
  }
}
