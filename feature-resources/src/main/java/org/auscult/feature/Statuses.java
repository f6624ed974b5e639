package org.auscult.feature;

import java.time.Instant;
import java.util.Set;
import org.auscult.timeline.Fact;
import org.auscult.timeline.ResourceKind;

/** Which statuses count where a definition does not say (safety rule 5). */
final class Statuses {
  private static final Set<String> NEVER =
      Set.of("entered-in-error", "refuted", "do-not-perform", "not-an-order", "draft", "cancelled");

  private static final Set<String> OVER =
      Set.of("resolved", "inactive", "remission", "completed", "stopped", "finished");

  private static final Set<String> STATED = Set.of("final", "amended", "corrected");
  private static final Set<String> HELD = Set.of("", "active", "recurrence", "relapse");
  private static final Set<String> ORDERED = Set.of("active", "completed", "on-hold", "stopped");
  private static final Set<String> DONE = Set.of("in-progress", "completed");
  private static final Set<String> TAKEN = Set.of("active", "completed", "intended", "on-hold");
  private static final Set<String> STAYED =
      Set.of("arrived", "triaged", "in-progress", "onleave", "finished");
  private static final Set<String> ENDED_MEDICATION = Set.of("completed", "stopped");
  private static final Set<String> ENDED = Set.of("resolved", "inactive", "remission");

  /** A problem or allergy whose clinical status nobody gave is taken for active. */
  private static final String WHERE_NOT_GIVEN = "active";

  private Statuses() {}

  /** The status that a state had at an instant: before its end it was active. */
  static String at(Fact fact, Instant instant) {
    String status = fact.context().status();
    Instant until = fact.effective().until();
    Set<String> ended =
        fact.source().kind() == ResourceKind.MEDICATION_STATEMENT ? ENDED_MEDICATION : ENDED;
    boolean hasEnded = ended.contains(status);
    return hasEnded && until != null && until.isAfter(instant) ? "active" : status;
  }

  /**
   * The status that a state had at an instant, also of those that are said to be over by words of
   * their own: before its end a stay was in progress, and a medication was taken.
   */
  static String ofState(Fact fact, Instant instant) {
    Instant until = fact.effective().until();
    boolean wasOpen = isOver(fact) && until != null && until.isAfter(instant);
    if (!wasOpen) {
      return fact.context().status();
    }
    return fact.source().kind() == ResourceKind.ENCOUNTER ? "in-progress" : "active";
  }

  /** Whether a state's status says that it is over, whenever that was. */
  static boolean isOver(Fact fact) {
    return OVER.contains(fact.context().status());
  }

  /**
   * Which statuses say that something holds, where a definition does not say. What is finished
   * without an end held once, and nobody knows until when.
   */
  static Set<String> ofStates(ResourceKind kind) {
    return switch (kind) {
      case MEDICATION_REQUEST, MEDICATION_STATEMENT -> Set.of("active");
      case ENCOUNTER -> Set.of("arrived", "triaged", "in-progress", "onleave");
      default -> Set.of();
    };
  }

  static boolean counts(ResourceKind kind, String status, Set<String> declared) {
    if (!declared.isEmpty()) {
      return declared.contains(status.isEmpty() ? WHERE_NOT_GIVEN : status);
    }
    return switch (kind) {
      case OBSERVATION, DIAGNOSTIC_REPORT -> STATED.contains(status);
      case CONDITION, ALLERGY_INTOLERANCE -> HELD.contains(status);
      case MEDICATION_REQUEST -> ORDERED.contains(status);
      case MEDICATION_ADMINISTRATION, PROCEDURE -> DONE.contains(status);
      case MEDICATION_STATEMENT -> TAKEN.contains(status);
      case IMMUNIZATION -> status.equals("completed");
      case ENCOUNTER -> STAYED.contains(status);
      case CLAIM, EXPLANATION_OF_BENEFIT -> status.equals("active");
      case PATIENT -> !NEVER.contains(status);
    };
  }
}
