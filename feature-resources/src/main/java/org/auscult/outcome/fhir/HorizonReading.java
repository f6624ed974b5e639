package org.auscult.outcome.fhir;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.auscult.feature.Lookback;
import org.auscult.feature.fhir.Extensions;
import org.auscult.outcome.Horizon;
import org.auscult.outcome.Horizon.Anchor;
import org.auscult.timeline.Code;
import org.jspecify.annotations.Nullable;

/** Reads over which stretch of time an event counts. */
final class HorizonReading {
  private static final List<String> ENDS =
      List.of("open-closed", "closed-closed", "closed-open", "open-open");

  private final Extensions extensions;

  HorizonReading(Extensions extensions) {
    this.extensions = extensions;
  }

  /** Null where there are problems. */
  @Nullable Horizon read() {
    Anchor chosen =
        extensions.choice(
            OutcomeUrls.HORIZON_FROM,
            Anchor::parse,
            Arrays.stream(Anchor.values()).map(Anchor::code).toList());
    Anchor anchor = chosen == null ? Anchor.INDEX : chosen;
    Lookback length = extensions.duration(OutcomeUrls.HORIZON);
    Set<Code> classes = extensions.codings(OutcomeUrls.HORIZON_ENCOUNTER);
    Lookback blanking = extensions.duration(OutcomeUrls.BLANKING);
    String ends =
        extensions.choice(
            OutcomeUrls.HORIZON_ENDS, code -> ENDS.stream().filter(code::equals).findFirst(), ENDS);
    boolean fits = fits(anchor, length, classes, blanking);
    String stated = ends == null ? ENDS.get(0) : ends;
    return fits
        ? new Horizon(
            anchor,
            length,
            classes,
            stated.startsWith("closed-"),
            stated.endsWith("-closed"),
            blanking)
        : null;
  }

  private boolean fits(
      Anchor anchor, @Nullable Lookback length, Set<Code> classes, @Nullable Lookback blanking) {
    boolean fits = true;
    if (anchor == Anchor.STAY && extensions.has(OutcomeUrls.HORIZON)) {
      extensions.problem(
          OutcomeUrls.HORIZON, "a horizon that is the stay ends with it", "Remove it.");
      fits = false;
    }
    if (anchor != Anchor.STAY && !extensions.has(OutcomeUrls.HORIZON)) {
      extensions.problem(
          OutcomeUrls.HORIZON, "there is no horizon", "Give a Duration such as 30 'd'.");
    }
    fits &= anchor == Anchor.STAY || length != null;
    if (anchor == Anchor.INDEX && extensions.has(OutcomeUrls.HORIZON_ENCOUNTER)) {
      extensions.problem(
          OutcomeUrls.HORIZON_ENCOUNTER,
          "a horizon from the index time hangs on no encounter",
          "Remove it, or say outcome-horizon-from discharge or stay.");
      fits = false;
    }
    if (anchor != Anchor.INDEX && !extensions.has(OutcomeUrls.HORIZON_ENCOUNTER)) {
      extensions.problem(
          OutcomeUrls.HORIZON_ENCOUNTER,
          "nobody can tell which encounter is meant",
          "Give the classes of Encounter, such as IMP.");
    }
    fits &= anchor == Anchor.INDEX || !classes.isEmpty();
    if (length != null && blanking != null && !Durations.isLonger(length, blanking)) {
      extensions.problem(
          OutcomeUrls.BLANKING, "nothing is left of the horizon", "Let it be shorter.");
      fits = false;
    }
    return fits;
  }
}
