package org.auscult.cds.hook;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ValueRange;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.auscult.prediction.Feedback;
import org.auscult.prediction.Feedback.Outcome;

/**
 * Reads what users did with cards.
 *
 * <p>Source: CDS Hooks 2.0, "Feedback".
 */
final class FeedbackReader {
  private static final ValueRange FOUR_DIGIT_YEARS = ValueRange.of(1, 9999);
  private static final int MOST_ITEMS = 1000;

  private FeedbackReader() {}

  /** All items, in their order. */
  static List<Feedback> read(String service, byte[] body) {
    JsonNode items = JsonBody.read(body).path("feedback");
    if (items.isMissingNode() || items.isNull()) {
      throw Refusal.missing("feedback", "Send an array with one object for each card.");
    }
    if (!items.isArray() || items.isEmpty()) {
      throw Refusal.invalid("feedback", "must be an array with at least one object.");
    }
    if (items.size() > MOST_ITEMS) {
      throw Refusal.invalid("feedback", "holds more than " + MOST_ITEMS + " objects. Send fewer.");
    }
    List<Feedback> feedback = new ArrayList<>();
    for (int i = 0; i < items.size(); i++) {
      feedback.add(item(service, items.get(i), "feedback[" + i + "]"));
    }
    return feedback;
  }

  private static Feedback item(String service, JsonNode item, String at) {
    if (!item.isObject()) {
      throw Refusal.invalid(at, "must be an object but is " + JsonBody.kind(item) + ".");
    }
    Outcome outcome = outcome(item, at);
    Optional<JsonNode> override = JsonBody.optionalObject(item, at, "overrideReason");
    String overrideAt = at + ".overrideReason";
    Optional<JsonNode> reason =
        override.flatMap(o -> JsonBody.optionalObject(o, overrideAt, "reason"));
    Optional<String> comment =
        override.flatMap(o -> JsonBody.optionalText(o, overrideAt, "userComment"));
    if (override.isPresent() && reason.isEmpty() && comment.isEmpty()) {
      throw Refusal.invalid(overrideAt, "needs reason, userComment, or both.");
    }
    String reasonAt = overrideAt + ".reason";
    return new Feedback(
        EnvelopeReader.uuid(item, at, "card"),
        service,
        outcome,
        timestamp(item, at),
        outcome == Outcome.ACCEPTED ? accepted(item, at) : List.of(),
        reason.map(r -> JsonBody.text(r, reasonAt, "system", "A coding has one.")).orElse(null),
        reason.map(r -> JsonBody.text(r, reasonAt, "code", "A coding has one.")).orElse(null),
        reason.flatMap(r -> JsonBody.optionalText(r, reasonAt, "display")).orElse(null),
        comment.orElse(null),
        null);
  }

  private static Outcome outcome(JsonNode item, String at) {
    String outcome = JsonBody.text(item, at, "outcome", "Send accepted or overridden.");
    return switch (outcome) {
      case "accepted" -> Outcome.ACCEPTED;
      case "overridden" -> Outcome.OVERRIDDEN;
      default -> throw Refusal.invalid(at + ".outcome", "must be accepted or overridden.");
    };
  }

  private static Instant timestamp(JsonNode item, String at) {
    String text =
        JsonBody.text(item, at, "outcomeTimestamp", "Send when, such as 2026-01-31T10:00:00Z.");
    try {
      OffsetDateTime parsed = OffsetDateTime.parse(text);
      if (FOUR_DIGIT_YEARS.isValidIntValue(parsed.getYear())) {
        return parsed.toInstant();
      }
    } catch (DateTimeException e) {
      // Falls through to the one refusal.
    }
    throw Refusal.invalid(
        at + ".outcomeTimestamp", "is no RFC 3339 time such as 2026-01-31T10:00:00Z.");
  }

  private static List<String> accepted(JsonNode item, String at) {
    JsonNode suggestions = item.path("acceptedSuggestions");
    String where = at + ".acceptedSuggestions";
    if (!suggestions.isArray() || suggestions.isEmpty()) {
      throw Refusal.invalid(where, "must be an array with the id of each suggestion taken.");
    }
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < suggestions.size(); i++) {
      ids.add(EnvelopeReader.uuid(suggestions.get(i), where + "[" + i + "]", "id").toString());
    }
    return ids;
  }
}
