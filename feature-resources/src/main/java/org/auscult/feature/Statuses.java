package org.auscult.feature;

import java.util.Set;
import org.auscult.timeline.ResourceKind;

/** Which statuses count where a definition does not say (safety rule 5). */
final class Statuses {
  private static final Set<String> NEVER =
      Set.of("entered-in-error", "refuted", "do-not-perform", "not-an-order", "draft", "cancelled");

  private Statuses() {}

  static boolean counts(ResourceKind kind, String status, Set<String> declared) {
    if (!declared.isEmpty()) {
      return declared.contains(status);
    }
    return switch (kind) {
      case OBSERVATION, DIAGNOSTIC_REPORT ->
          Set.of("final", "amended", "corrected").contains(status);
      case CONDITION, ALLERGY_INTOLERANCE ->
          Set.of("", "active", "recurrence", "relapse").contains(status);
      case MEDICATION_REQUEST ->
          Set.of("active", "completed", "on-hold", "stopped").contains(status);
      case MEDICATION_ADMINISTRATION, PROCEDURE ->
          Set.of("in-progress", "completed").contains(status);
      case MEDICATION_STATEMENT ->
          Set.of("active", "completed", "intended", "on-hold").contains(status);
      case IMMUNIZATION -> status.equals("completed");
      case ENCOUNTER ->
          Set.of("arrived", "triaged", "in-progress", "onleave", "finished").contains(status);
      case CLAIM, EXPLANATION_OF_BENEFIT -> status.equals("active");
      case PATIENT -> !NEVER.contains(status);
    };
  }
}
