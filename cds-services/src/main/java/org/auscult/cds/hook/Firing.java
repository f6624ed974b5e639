package org.auscult.cds.hook;

import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.auscult.display.Decision;
import org.auscult.display.FiringRate;
import org.auscult.display.Urgency;
import org.auscult.display.WithheldReason;

/**
 * How often a deployment spoke.
 *
 * @param rate openings, and those with a card
 * @param shown cards by urgency
 * @param withheld cards by reason
 */
public record Firing(
    FiringRate rate, Map<Urgency, Long> shown, Map<WithheldReason, Long> withheld) {
  static final Firing NONE = new Firing(FiringRate.NONE, Map.of(), Map.of());

  public Firing {
    shown = ordered(Urgency.class, shown);
    withheld = ordered(WithheldReason.class, withheld);
  }

  private static <K extends Enum<K>> Map<K, Long> ordered(Class<K> type, Map<K, Long> counts) {
    EnumMap<K, Long> ordered = new EnumMap<>(type);
    ordered.putAll(counts);
    return Collections.unmodifiableMap(ordered);
  }

  Firing with(List<Decision> decisions) {
    EnumMap<Urgency, Long> showing = new EnumMap<>(Urgency.class);
    showing.putAll(shown);
    EnumMap<WithheldReason, Long> withholding = new EnumMap<>(WithheldReason.class);
    withholding.putAll(withheld);
    boolean spoke = false;
    for (Decision decision : decisions) {
      WithheldReason reason = decision.withheld();
      if (reason == null) {
        spoke = true;
        showing.merge(decision.urgency(), 1L, Long::sum);
      } else {
        withholding.merge(reason, 1L, Long::sum);
      }
    }
    return new Firing(
        new FiringRate(rate.opens() + 1, rate.spoken() + (spoke ? 1 : 0)), showing, withholding);
  }
}
