package org.auscult.cds.hook;

import java.util.List;
import org.auscult.prediction.CallerIdentity;
import org.auscult.prediction.Feedback;
import org.auscult.prediction.FeedbackResult;
import org.auscult.prediction.FeedbackService;
import org.jspecify.annotations.Nullable;

/**
 * Takes users' answers to cards, as EHRs send them. All items are read before one is stored. An
 * item that names no card that this service has shown gives 404 with its place; the specification
 * is silent here, and a client that mixes up cards should hear of it. The other items are kept all
 * the same, and may be sent again without counting twice. A card may be answered after its service
 * was suspended. Whose answer counts is decided by {@link FeedbackService}.
 */
final class FeedbackTaker {
  private final FeedbackService answers;
  private final Offers offers;

  FeedbackTaker(FeedbackService answers, Offers offers) {
    this.answers = answers;
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
      if (answers.ofEhr(who, feedback.get(i)) instanceof FeedbackResult.Refused
          && unknown == null) {
        unknown = Refusal.unknownCard("feedback[" + i + "].card");
      }
    }
    if (unknown != null) {
      offers.named(service);
      throw unknown;
    }
    return new HookAnswer(200, "");
  }
}
