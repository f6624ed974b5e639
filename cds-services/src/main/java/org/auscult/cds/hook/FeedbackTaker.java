package org.auscult.cds.hook;

import static java.util.stream.Collectors.toSet;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.auscult.cds.Card;
import org.auscult.prediction.CardId;
import org.auscult.prediction.Feedback;
import org.auscult.prediction.JournalEntry;
import org.auscult.prediction.PredictionJournal;

/**
 * Takes users' answers to cards. All items are read before one is stored. An item that names no
 * card that this service has shown gives 404 with its place; the specification is silent here, and
 * a client that mixes up cards should hear of it. The other items are kept all the same, and may be
 * sent again without counting twice. A card may be answered after its service was suspended.
 */
final class FeedbackTaker {
  private final PredictionJournal journal;
  private final Offers offers;
  private final Function<JournalEntry, List<Card>> shown;

  /**
   * @param shown the cards of an entry as they were shown
   */
  FeedbackTaker(
      PredictionJournal journal, Offers offers, Function<JournalEntry, List<Card>> shown) {
    this.journal = journal;
    this.offers = offers;
    this.shown = shown;
  }

  /**
   * @throws Refusal if the body is no feedback, or names a card that is none of this service
   */
  HookAnswer take(String service, byte[] body) {
    List<Feedback> feedback = FeedbackReader.read(service, body);
    for (int i = 0; i < feedback.size(); i++) {
      requireItsSuggestions(feedback.get(i), "feedback[" + i + "].acceptedSuggestions");
    }
    Refusal unknown = null;
    for (int i = 0; i < feedback.size(); i++) {
      if (!isStored(feedback.get(i)) && unknown == null) {
        unknown = Refusal.unknownCard("feedback[" + i + "].card");
      }
    }
    if (unknown != null) {
      offers.named(service);
      throw unknown;
    }
    return new HookAnswer(200, "");
  }

  /** There is no acceptance but of a card's own suggestions (safety rule 25). */
  private void requireItsSuggestions(Feedback feedback, String where) {
    if (feedback.acceptedSuggestions().isEmpty()) {
      return;
    }
    Set<String> offered =
        entry(feedback).stream()
            .flatMap(entry -> shown.apply(entry).stream())
            .filter(card -> card.uuid().equals(feedback.card()))
            .flatMap(card -> card.suggestions().stream())
            .map(suggestion -> suggestion.uuid().toString())
            .collect(toSet());
    if (entry(feedback).isPresent() && !offered.containsAll(feedback.acceptedSuggestions())) {
      throw Refusal.invalid(
          where,
          "names a suggestion that the card does not have. Send the uuid of each suggestion as it"
              + " was received; a card without suggestions cannot be accepted.");
    }
  }

  private boolean isStored(Feedback feedback) {
    return entry(feedback).isPresent() && journal.store(feedback);
  }

  /** The entry of a card that this service has shown. */
  private Optional<JournalEntry> entry(Feedback feedback) {
    return journal
        .find(CardId.journal(feedback.card()))
        .filter(entry -> entry.call().service().equals(feedback.service()))
        .filter(entry -> entry.shows(CardId.number(feedback.card())));
  }
}
