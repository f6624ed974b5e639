package org.auscult.prediction;

import java.util.Objects;

/** What became of an answer. */
public sealed interface FeedbackResult {
  /** It is stored, or was before. */
  record Taken(Answer answer) implements FeedbackResult {
    public Taken {
      Objects.requireNonNull(answer);
    }
  }

  /** It is not. */
  record Refused(Reason why) implements FeedbackResult {
    public Refused {
      Objects.requireNonNull(why);
    }
  }

  /** Why an answer is not taken. */
  enum Reason {
    /** It names no card or prediction that this one may answer. */
    UNKNOWN,
    /** Whoever answers is no clinician. */
    NO_CLINICIAN,
    /** It was given later than now. */
    FUTURE,
    /** The card had no suggestions. */
    NOTHING_TO_ACCEPT,
    /** It names no suggestion, or one that is not the card's. */
    NO_SUGGESTION_OF_IT
  }
}
