package org.auscult.cds.hook;

import java.util.List;
import org.auscult.prediction.CallerIdentity;
import org.auscult.prediction.CardId;
import org.auscult.prediction.Feedback;
import org.auscult.prediction.PredictionJournal;
import org.jspecify.annotations.Nullable;

/**
 * Takes users' answers to cards. All items are read before one is stored. An item that names no
 * card that this service has shown gives 404 with its place; the specification is silent here, and
 * a client that mixes up cards should hear of it. The other items are kept all the same, and may be
 * sent again without counting twice. A card may be answered after its service was suspended. A card
 * that was shown to a client known by its token is answered by no other such client.
 */
final class FeedbackTaker {
  private final PredictionJournal journal;
  private final Offers offers;

  FeedbackTaker(PredictionJournal journal, Offers offers) {
    this.journal = journal;
    this.offers = offers;
  }

  /**
   * @param who what a token proved of the caller; null if nothing
   * @throws Refusal if the body is no feedback, or names a card that is none of this service
   */
  HookAnswer take(@Nullable CallerIdentity who, String service, byte[] body) {
    List<Feedback> feedback = FeedbackReader.read(service, body);
    Refusal unknown = null;
    for (int i = 0; i < feedback.size(); i++) {
      if (!isStored(who, feedback.get(i)) && unknown == null) {
        unknown = Refusal.unknownCard("feedback[" + i + "].card");
      }
    }
    if (unknown != null) {
      offers.named(service);
      throw unknown;
    }
    return new HookAnswer(200, "");
  }

  private boolean isStored(@Nullable CallerIdentity who, Feedback feedback) {
    boolean ours =
        journal
            .find(CardId.journal(feedback.card()))
            .filter(entry -> entry.call().service().equals(feedback.service()))
            .filter(entry -> entry.shows(CardId.number(feedback.card())))
            .filter(entry -> mayAnswer(who, entry.call().caller().identity()))
            .isPresent();
    return ours && journal.store(feedback);
  }

  private static boolean mayAnswer(@Nullable CallerIdentity who, @Nullable CallerIdentity shown) {
    return who == null || shown == null || who.client().equals(shown.client());
  }
}
