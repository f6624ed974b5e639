package org.auscult.cds.hook;

import java.util.List;
import org.auscult.prediction.CardId;
import org.auscult.prediction.Feedback;
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

  FeedbackTaker(PredictionJournal journal, Offers offers) {
    this.journal = journal;
    this.offers = offers;
  }

  /**
   * @throws Refusal if the body is no feedback, or names a card that is none of this service
   */
  HookAnswer take(String service, byte[] body) {
    List<Feedback> feedback = FeedbackReader.read(service, body);
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

  private boolean isStored(Feedback feedback) {
    boolean ours =
        journal
            .find(CardId.journal(feedback.card()))
            .filter(entry -> entry.call().service().equals(feedback.service()))
            .filter(entry -> entry.shows(CardId.number(feedback.card())))
            .isPresent();
    return ours && journal.store(feedback);
  }
}
