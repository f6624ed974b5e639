package org.auscult.outcome;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What became of one patient after one index time, as far as the record knew at one time. */
public sealed interface OutcomeLabel {
  /**
   * What the label rests on.
   *
   * @param references versioned references
   * @param known since when the record knew all of it; null if there is none
   */
  record Evidence(List<String> references, @Nullable Instant known) {
    public static final Evidence NONE = new Evidence(List.of(), null);

    public Evidence {
      references = List.copyOf(references);
    }
  }

  Evidence evidence();

  /** Its code in FHIR: {@code event}. */
  String code();

  /**
   * When it happened, or until when the patient was followed, or was last known to be without it;
   * null for who is not asked about.
   */
  @Nullable Instant when();

  /** Why it is no answer; null if it is one. */
  default @Nullable Why why() {
    return null;
  }

  /**
   * Why a label is no answer.
   *
   * @param code in FHIR: {@code not-followed}
   * @param detail for people
   */
  record Why(String code, String detail) {
    public Why {
      Objects.requireNonNull(code);
      Objects.requireNonNull(detail);
    }
  }

  /** Whether nothing has happened yet, and still may. */
  default boolean isOpen() {
    return this instanceof Censored censored && censored.reason() == CensoringReason.HORIZON_OPEN;
  }

  /**
   * It happened within the horizon.
   *
   * @param time when; of a partial date the end of its interval
   */
  record Event(Instant time, Evidence evidence) implements OutcomeLabel {
    public Event {
      Objects.requireNonNull(time);
      Objects.requireNonNull(evidence);
    }

    @Override
    public String code() {
      return "event";
    }

    @Override
    public Instant when() {
      return time;
    }
  }

  /**
   * It did not happen within the horizon, and the patient was followed to its end.
   *
   * @param followedUntil when the evidence of follow-up was true
   */
  record NoEvent(Instant followedUntil, Evidence evidence) implements OutcomeLabel {
    public NoEvent {
      Objects.requireNonNull(followedUntil);
      Objects.requireNonNull(evidence);
    }

    @Override
    public String code() {
      return "no-event";
    }

    @Override
    public Instant when() {
      return followedUntil;
    }
  }

  /**
   * Nobody can say.
   *
   * @param at until when the patient is known to have been without it
   * @param detail for people
   */
  record Censored(Instant at, CensoringReason reason, String detail, Evidence evidence)
      implements OutcomeLabel {
    public Censored {
      Objects.requireNonNull(at);
      Objects.requireNonNull(reason);
      Objects.requireNonNull(detail);
      Objects.requireNonNull(evidence);
    }

    @Override
    public String code() {
      return "censored";
    }

    @Override
    public Instant when() {
      return at;
    }

    @Override
    public Why why() {
      return new Why(reason.code(), detail);
    }
  }

  /**
   * Something else happened first, after which it cannot happen any more, or is another question.
   *
   * @param what {@code death}, or the name of the competing feature
   */
  record Competing(Instant time, String what, Evidence evidence) implements OutcomeLabel {
    public Competing {
      Objects.requireNonNull(time);
      Objects.requireNonNull(what);
      Objects.requireNonNull(evidence);
    }

    @Override
    public String code() {
      return "competing";
    }

    @Override
    public Instant when() {
      return time;
    }
  }

  /**
   * The definition does not ask about this patient at this time.
   *
   * @param detail for people
   */
  record Excluded(ExclusionReason reason, String detail, Evidence evidence)
      implements OutcomeLabel {
    public Excluded {
      Objects.requireNonNull(reason);
      Objects.requireNonNull(detail);
      Objects.requireNonNull(evidence);
    }

    @Override
    public String code() {
      return "excluded";
    }

    @Override
    public @Nullable Instant when() {
      return null;
    }

    @Override
    public Why why() {
      return new Why(reason.code(), detail);
    }
  }
}
