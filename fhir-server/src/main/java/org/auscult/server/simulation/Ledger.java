package org.auscult.server.simulation;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.auscult.display.WithheldReason;
import org.auscult.monitoring.performance.ObservedPredictions;
import org.auscult.monitoring.performance.Standing;
import org.auscult.monitoring.use.AskedCall;
import org.auscult.monitoring.use.CardFate;
import org.auscult.server.performance.PredictionRows;
import org.auscult.statistics.uncertainty.Proportion;

/** What was predicted, and how it stands: what the server keeps in its tables. */
final class Ledger {
  private final String deployment;
  private final String outcome;
  private final List<Served> all = new ArrayList<>();
  private final Map<String, Label> labels = new HashMap<>();

  /**
   * A label.
   *
   * @param closes when the horizon does
   */
  private record Label(Standing standing, Instant closes) {}

  /**
   * @param deployment {@code url|version}
   * @param outcome {@code url|version}
   */
  Ledger(String deployment, String outcome) {
    this.deployment = deployment;
    this.outcome = outcome;
  }

  /** Charts come in the order in which they were opened. */
  void add(Served served) {
    all.add(served);
  }

  void label(String patient, Standing standing, Instant closes) {
    labels.put(patient, new Label(standing, closes));
  }

  /** What is known of a prediction, also while the horizon is open. */
  Standing standing(Served served) {
    Label label = labels.get(served.stay().patient());
    return label == null ? Standing.PENDING : label.standing();
  }

  /** How a prediction stands for reports of a time. */
  private Standing standing(Served served, Instant looked) {
    Label label = labels.get(served.stay().patient());
    return label == null ? Standing.PENDING : label.standing().seen(label.closes(), looked);
  }

  /** All charts that were opened, those of suspension too. */
  List<Served> all() {
    return List.copyOf(all);
  }

  private Stream<Served> between(Instant start, Instant end) {
    return all.subList(place(start), place(end)).stream().filter(Served::isServed);
  }

  /** How many charts were opened before a time. */
  private int place(Instant time) {
    int least = 0;
    int most = all.size();
    while (least < most) {
      int middle = (least + most) / 2;
      if (all.get(middle).stay().predicted().isBefore(time)) {
        least = middle + 1;
      } else {
        most = middle;
      }
    }
    return least;
  }

  /**
   * What of a window is new since it was looked at: it rises with each prediction and label, and
   * each horizon that closes after its label.
   */
  long changes(Instant start, Instant end, Instant looked) {
    return between(start, end)
        .mapToLong(
            one ->
                switch (standing(one, looked)) {
                  case PENDING -> 1;
                  case EARLY -> 2;
                  default -> 3;
                })
        .sum();
  }

  /** What reports of performance are made of. */
  PredictionRows.Read read(Instant start, Instant end, Instant looked) {
    ObservedPredictions.Builder rows = ObservedPredictions.builder();
    between(start, end)
        .forEach(
            one -> {
              if (one.score() != null) {
                rows.add(one.score(), standing(one, looked), one.groups());
              }
            });
    return new PredictionRows.Read(rows.build(), 0, 0, List.of(deployment), outcome);
  }

  /** Events among those of a window who have a label. */
  Proportion events(Instant start, Instant end, Instant looked) {
    ObservedPredictions observed = read(start, end, looked).observed();
    long events = observed.count(Standing.EVENT);
    return new Proportion(events, events + observed.count(Standing.NO_EVENT));
  }

  /** What reports of use are made of. */
  List<AskedCall> calls(Instant start, Instant end) {
    return between(start, end)
        .map(
            one ->
                new AskedCall(
                    one.stay().patient(),
                    one.stay().clinician(),
                    Map.of("hook", "patient-view", "site", one.stay().site()),
                    one.score() == null ? List.of() : List.of(card(one))))
        .toList();
  }

  private CardFate card(Served one) {
    return new CardFate(
        one.isWarning() ? null : WithheldReason.BELOW_THRESHOLD.code(),
        one.isWarning(),
        one.isWarning(),
        one.reply(),
        one.reason(),
        standing(one));
  }

  /** How many patients were predicted for. */
  long patients(Instant start, Instant end) {
    return between(start, end).filter(one -> one.score() != null).count();
  }

  /** How many of these have a label. */
  long labels(Instant start, Instant end) {
    return between(start, end).filter(this::isLabelled).count();
  }

  private boolean isLabelled(Served one) {
    Standing standing = standing(one);
    return one.score() != null && (standing == Standing.EVENT || standing == Standing.NO_EVENT);
  }

  /** When the first chart was opened. */
  Optional<Instant> first() {
    return all.stream().findFirst().map(one -> one.stay().predicted());
  }

  /** When the last prediction was made of which a label is known. */
  Optional<Instant> lastLabelled() {
    return all.stream()
        .filter(Served::isServed)
        .filter(this::isLabelled)
        .reduce((one, other) -> other)
        .map(one -> one.stay().predicted());
  }
}
