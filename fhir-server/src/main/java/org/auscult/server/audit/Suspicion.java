package org.auscult.server.audit;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.UUID;
import org.auscult.audit.AuditTrail;
import org.jspecify.annotations.Nullable;

/**
 * That something may be a breach.
 *
 * @param agent who is suspected, as the log names users and clients; null for nobody in particular
 * @param patient whose data may be concerned; null for whatever the agent touched
 * @param from first instant of the events that belong to it
 * @param to last instant
 * @param reason in words, of a person who opened it; empty for a rule
 */
record Suspicion(
    Rule rule,
    @Nullable String agent,
    @Nullable String patient,
    Instant from,
    Instant to,
    String reason) {

  /** Why. The codes stand in the guide's code system {@code breach-rule}. */
  enum Rule {
    /** One user or client was refused very often within an hour. */
    MANY_REFUSALS("many-refusals"),
    /** One user saw very many patients within a day. */
    MANY_PATIENTS("many-patients"),
    /** A refresh token that had been replaced was used again. */
    REFRESH_TOKEN_REUSE(AuditTrail.REFRESH_TOKEN_REUSE),
    /** An emergency access was not reviewed in time. */
    UNREVIEWED_EMERGENCY("unreviewed-emergency"),
    /** The log itself does not verify. */
    LOG_ALTERED("log-altered"),
    /** A person thinks so. */
    REPORTED("reported");

    private final String code;

    Rule(String code) {
      this.code = code;
    }

    String code() {
      return code;
    }
  }

  /**
   * The Task's id: of one rule and one agent there is one in a day, of an emergency access one
   * ever; what persons open, each time.
   */
  String taskId() {
    if (rule == Rule.REPORTED) {
      return "breach-" + UUID.randomUUID();
    }
    String which =
        rule == Rule.UNREVIEWED_EMERGENCY
            ? patient + "|" + from
            : LocalDate.ofInstant(to, ZoneOffset.UTC).toString();
    String name = rule.code() + "|" + agent + "|" + which;
    return "breach-" + UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8));
  }
}
