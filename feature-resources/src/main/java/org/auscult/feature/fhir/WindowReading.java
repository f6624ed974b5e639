package org.auscult.feature.fhir;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.auscult.feature.Lookback;
import org.auscult.feature.Operator;
import org.auscult.feature.Window;
import org.auscult.timeline.Code;
import org.jspecify.annotations.Nullable;

/** Reads over which stretch of time a feature is taken. */
final class WindowReading {
  private static final List<String> STARTS =
      List.of(
          FeatureUrls.LOOKBACK,
          FeatureUrls.SINCE_ENCOUNTER,
          FeatureUrls.SINCE_FEATURE,
          FeatureUrls.SINCE_CALENDAR);

  /** Ends as mathematicians write them, in words. */
  private enum Ends {
    OPEN_CLOSED(false, true),
    CLOSED_CLOSED(true, true),
    CLOSED_OPEN(true, false),
    OPEN_OPEN(false, false);

    private final boolean start;
    private final boolean end;

    Ends(boolean start, boolean end) {
      this.start = start;
      this.end = end;
    }

    String code() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static Optional<Ends> parse(String code) {
      return Arrays.stream(values()).filter(e -> e.code().equals(code)).findFirst();
    }
  }

  private final Extensions extensions;

  WindowReading(Extensions extensions) {
    this.extensions = extensions;
  }

  Window read(@Nullable Operator operator) {
    List<String> given = STARTS.stream().filter(extensions::has).toList();
    Lookback lookback = extensions.duration(FeatureUrls.LOOKBACK);
    Set<Code> classes = extensions.codings(FeatureUrls.SINCE_ENCOUNTER);
    String feature = extensions.text(FeatureUrls.SINCE_FEATURE);
    Window.Calendar calendar =
        extensions.choice(
            FeatureUrls.SINCE_CALENDAR,
            Window.Calendar::parse,
            Arrays.stream(Window.Calendar.values()).map(Window.Calendar::ucum).toList());
    Lookback gap = extensions.duration(FeatureUrls.WINDOW_GAP);
    Ends ends =
        extensions.choice(
            FeatureUrls.WINDOW_ENDS,
            Ends::parse,
            Arrays.stream(Ends.values()).map(Ends::code).toList());
    if (given.size() > 1) {
      extensions.problem(
          given.get(1), "the window begins in more than one way", "Keep one beginning.");
    }
    Window.Start start = start(lookback, classes, feature, calendar);
    if (lookback != null && gap != null && !isLonger(lookback, gap)) {
      extensions.problem(
          FeatureUrls.WINDOW_GAP,
          "the window would end before it begins",
          "Let the gap be shorter than the look-back.");
    }
    boolean hasWindow = !given.isEmpty() || gap != null || ends != null;
    if (operator == Operator.DERIVED && hasWindow) {
      extensions.problem(
          given.isEmpty() ? FeatureUrls.WINDOW_GAP : given.get(0),
          "a derived feature has no window of its own",
          "Put it into the features that it is made of.");
    }
    if (operator == Operator.RATE && given.isEmpty()) {
      extensions.problem(
          FeatureUrls.LOOKBACK, "a rate needs a window that begins", "Say since when.");
    }
    boolean startByDefault = !(start instanceof Window.Before);
    return new Window(
        start, ends == null ? startByDefault : ends.start, gap, ends == null || ends.end);
  }

  private static Window.Start start(
      @Nullable Lookback lookback,
      Set<Code> classes,
      @Nullable String feature,
      Window.@Nullable Calendar calendar) {
    return Stream.of(
            Optional.ofNullable(lookback).map(Window.Before::new).map(Window.Start.class::cast),
            Optional.of(classes)
                .filter(c -> !c.isEmpty())
                .map(Window.EncounterStart::new)
                .map(Window.Start.class::cast),
            Optional.ofNullable(feature)
                .map(Window.SinceFeature::new)
                .map(Window.Start.class::cast),
            Optional.ofNullable(calendar)
                .map(Window.CalendarStart::new)
                .map(Window.Start.class::cast))
        .flatMap(Optional::stream)
        .findFirst()
        .orElseGet(Window.Beginning::new);
  }

  /** At any index time: months are as long as they are. */
  private static boolean isLonger(Lookback lookback, Lookback gap) {
    Instant leap = Instant.parse("2024-03-31T12:00:00Z");
    Instant common = Instant.parse("2023-12-31T12:00:00Z");
    return lookback.startBefore(leap).isBefore(gap.startBefore(leap))
        && lookback.startBefore(common).isBefore(gap.startBefore(common));
  }
}
