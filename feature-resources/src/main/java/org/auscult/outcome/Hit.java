package org.auscult.outcome;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import org.auscult.outcome.OutcomeLabel.Evidence;
import org.auscult.timeline.Fact;

/** Something that was found at a time, with what it rests on. */
record Hit(Instant time, Evidence evidence) {
  static Hit of(Fact fact, Instant time) {
    return new Hit(time, Hit.evidence(List.of(fact)));
  }

  /** As late known as the latest. */
  static Evidence evidence(List<Fact> facts) {
    return new Evidence(
        facts.stream().map(f -> f.source().reference()).distinct().toList(),
        facts.stream().map(f -> f.known().from()).max(Comparator.naturalOrder()).orElse(null));
  }
}
