package org.auscult.server.operation;

import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.auscult.cds.fhir.FhirText;
import org.auscult.prediction.Feedback;
import org.auscult.prediction.Feedback.Outcome;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.InstantType;
import org.hl7.fhir.r4.model.StringType;
import org.jspecify.annotations.Nullable;

/** What a user says of a prediction, as the operation's parameters have it. */
record FeedbackParameters(
    @Nullable CodeType outcome,
    @Nullable InstantType time,
    @Nullable Coding reason,
    @Nullable StringType comment,
    @Nullable List<StringType> acceptedSuggestion) {
  private static final int LONGEST_COMMENT = 4_000;
  private static final int LONGEST_NAME = 1_000;
  private static final int LONGEST_CODE = 200;
  private static final int MOST_SUGGESTIONS = 50;

  /** When it was said; empty for now. */
  Optional<Instant> at() {
    return Optional.ofNullable(time).map(InstantType::getValue).map(Date::toInstant);
  }

  /**
   * The same as feedback; its time counts only if it was told.
   *
   * @param service that showed the card, or the operation that made the prediction
   * @throws ca.uhn.fhir.rest.server.exceptions.InvalidRequestException with all that is wrong
   */
  Feedback feedback(UUID card, String service, ZoneId zone) {
    Question question = new Question(zone, Instant.EPOCH);
    Outcome said = outcome(question);
    String words = comment == null ? null : text(comment.getValue(), question);
    checkReason(question);
    List<String> suggestions = suggestions(question);
    if (said == Outcome.ACCEPTED) {
      if (reason != null) {
        question.refuse("reason", "goes with overridden only");
      }
      if (words != null) {
        question.refuse("comment", "goes with overridden only");
      }
    } else if (!suggestions.isEmpty()) {
      question.refuse("acceptedSuggestion", "goes with accepted only");
    }
    question.check();
    return new Feedback(
        card,
        service,
        said,
        at().orElse(Instant.EPOCH),
        suggestions,
        reason == null ? null : reason.getSystem(),
        reason == null ? null : reason.getCode(),
        reason == null ? null : reason.getDisplay(),
        words,
        null);
  }

  private Outcome outcome(Question question) {
    String code = outcome == null ? "" : Objects.requireNonNullElse(outcome.getValue(), "");
    if (code.equals("accepted")) {
      return Outcome.ACCEPTED;
    }
    if (!code.equals("overridden")) {
      question.refuse("outcome", "is accepted or overridden");
    }
    return Outcome.OVERRIDDEN;
  }

  /** Nothing of it is repeated: it may be of a patient. */
  private static String text(@Nullable String given, Question question) {
    if (!isGood(given, LONGEST_COMMENT)) {
      question.refuse(
          "comment", "is a text of 1 to " + LONGEST_COMMENT + " characters, none of control");
      return "";
    }
    return Objects.requireNonNull(given).strip();
  }

  private void checkReason(Question question) {
    if (reason != null
        && (!isGood(reason.getSystem(), LONGEST_NAME)
            || !isGood(reason.getCode(), LONGEST_CODE)
            || (reason.getDisplay() != null && !isGood(reason.getDisplay(), LONGEST_NAME)))) {
      question.refuse("reason", "is a Coding with system and code, of usual length");
    }
  }

  private List<String> suggestions(Question question) {
    List<String> suggestions = new ArrayList<>();
    List<StringType> given = acceptedSuggestion == null ? List.of() : acceptedSuggestion;
    if (given.size() > MOST_SUGGESTIONS) {
      question.refuse("acceptedSuggestion", "stands more than " + MOST_SUGGESTIONS + " times");
      return List.of();
    }
    for (@Nullable StringType one : given) {
      try {
        String id = one == null ? "" : Objects.requireNonNullElse(one.getValue(), "");
        suggestions.add(UUID.fromString(id).toString());
      } catch (IllegalArgumentException e) {
        question.refuse("acceptedSuggestion", "is the uuid of a suggestion of the card");
      }
    }
    return suggestions;
  }

  private static boolean isGood(@Nullable String text, int longest) {
    return text != null && !text.isBlank() && text.length() <= longest && FhirText.isAllowed(text);
  }
}
