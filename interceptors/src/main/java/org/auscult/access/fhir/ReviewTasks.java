package org.auscult.access.fhir;

import ca.uhn.fhir.rest.api.server.RequestDetails;
import java.util.Set;
import org.auscult.access.RefusalReason;
import org.auscult.access.Requester;
import org.auscult.access.Role;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.Task;
import org.hl7.fhir.r4.model.Task.TaskStatus;

/**
 * The Tasks by which emergency accesses are reviewed. This server alone makes them; a privacy
 * officer who is not the one that broke the glass changes them.
 */
public final class ReviewTasks {
  /** The code of such a Task: break the glass. */
  public static final Coding CODE =
      new Coding("http://terminology.hl7.org/CodeSystem/v3-ActReason", "BTG", "break the glass");

  private static final Set<TaskStatus> AGAINST =
      Set.of(
          TaskStatus.REJECTED, TaskStatus.CANCELLED, TaskStatus.FAILED, TaskStatus.ENTEREDINERROR);

  private ReviewTasks() {}

  static boolean isOne(Resource resource) {
    return resource instanceof Task task
        && task.getCode().getCoding().stream()
            .anyMatch(
                coding ->
                    CODE.getSystem().equals(coding.getSystem())
                        && CODE.getCode().equals(coding.getCode()));
  }

  /** Whether the review has ended the access before its time. */
  static boolean isClosedAgainst(Resource resource) {
    return resource instanceof Task task && AGAINST.contains(task.getStatus());
  }

  static Set<String> patients(Resource resource) {
    String id = ((Task) resource).getFor().getReferenceElement().getIdPart();
    return id == null ? Set.of() : Set.of(id);
  }

  /** Refuses what would forge a review, or let somebody review an access of their own. */
  static void requireReviewer(
      AccessSession session, RequestDetails request, Resource before, boolean isNew) {
    Requester who = session.requester();
    boolean isSystem = who.roles().contains(Role.SYSTEM) && who.fhirUser() == null;
    boolean isReviewer =
        !isNew
            && who.roles().contains(Role.PRIVACY_OFFICER)
            && before instanceof Task task
            && !String.valueOf(who.fhirUser())
                .equals(task.getRequester().getReferenceElement().getValue());
    if (!isReviewer && !isSystem) {
      throw Refusals.forbidden(
          request,
          RefusalReason.POLICY,
          "The review of an emergency access is made by this server, and changed by a privacy"
              + " officer who did not open it.");
    }
  }
}
