package org.auscult.server.journal;

import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import ca.uhn.fhir.rest.api.RestOperationTypeEnum;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.auscult.prediction.CardId;
import org.hl7.fhir.instance.model.api.IIdType;
import org.jspecify.annotations.Nullable;

/**
 * Lets nobody who has seen a card find nothing: whoever reads one of its resources by id, or
 * answers it, gets it materialised first, if it is not yet.
 */
@Interceptor
public final class PendingReadInterceptor {
  private static final Set<String> TYPES =
      Set.of("RiskAssessment", "Observation", "Provenance", "GuidanceResponse", "DetectedIssue");
  private static final Set<RestOperationTypeEnum> READS =
      Set.of(
          RestOperationTypeEnum.READ,
          RestOperationTypeEnum.VREAD,
          RestOperationTypeEnum.HISTORY_INSTANCE);
  private static final Pattern ID =
      Pattern.compile("(\\p{XDigit}{8}(?:-\\p{XDigit}{4}){3}-\\p{XDigit}{12})\\..+");

  /** Who may see it is decided by what stands in it. */
  private static final int BEFORE_ACCESS = -100;

  private static final String ANSWER = "$feedback";

  private final Materialiser materialiser;

  PendingReadInterceptor(Materialiser materialiser) {
    this.materialiser = materialiser;
  }

  /** Before the read is done or even decided on, and outside of its transaction. */
  @Hook(value = Pointcut.SERVER_INCOMING_REQUEST_PRE_HANDLED, order = BEFORE_ACCESS)
  public void materialise(RequestDetails request, RestOperationTypeEnum operation) {
    boolean isAnswer = ANSWER.equals(request.getOperation());
    if ((READS.contains(operation) || isAnswer) && TYPES.contains(request.getResourceName())) {
      journal(request.getId()).ifPresent(materialiser::materialise);
    }
  }

  static Optional<UUID> journal(@Nullable IIdType id) {
    if (id == null || id.getIdPart() == null) {
      return Optional.empty();
    }
    Matcher matcher = ID.matcher(id.getIdPart());
    return matcher.matches()
        ? Optional.of(UUID.fromString(matcher.group(1)))
            .filter(uuid -> CardId.journal(uuid).equals(uuid))
        : Optional.empty();
  }
}
