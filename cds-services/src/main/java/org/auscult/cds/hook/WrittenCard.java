package org.auscult.cds.hook;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.auscult.cds.Card;
import org.auscult.display.Candidate;
import org.auscult.prediction.ObservationSet;
import org.auscult.prediction.Reason;

/**
 * A card, and what decides whether it is shown.
 *
 * @param writing writes it, which costs more than all that is needed to decide
 * @param orders references of the orders of which it speaks; empty if it is of no order check
 */
record WrittenCard(Supplier<Card> writing, Candidate candidate, List<String> orders) {
  /** One that is of no order check. */
  WrittenCard(Supplier<Card> writing, Candidate candidate) {
    this(writing, candidate, List.of());
  }

  Card card() {
    return writing.get();
  }

  /**
   * What a number says: the same number of the same measurements, as shown. Kept as a digest, since
   * it is only compared.
   *
   * @param set a new one is news, whatever its points
   */
  static String says(String summary, Optional<ObservationSet> set) {
    return digest(summary + set.map(s -> " of " + s.last()).orElse(""));
  }

  /** What a card says on which there is no number. */
  static String says(List<Reason> reasons) {
    return digest(reasons.stream().map(r -> r.code() + " " + r.input()).sorted().toList());
  }

  static String digest(Object said) {
    return UUID.nameUUIDFromBytes(said.toString().getBytes(StandardCharsets.UTF_8)).toString();
  }
}
