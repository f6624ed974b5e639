package org.auscult.interceptor;

import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.api.server.SystemRequestDetails;
import ca.uhn.fhir.rest.server.exceptions.ForbiddenOperationException;
import java.util.Set;
import org.auscult.model.fhir.ModelUrls;
import org.auscult.outcome.fhir.OutcomeUrls;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.instance.model.api.IPrimitiveType;
import org.jspecify.annotations.Nullable;

/**
 * Keeps what models said as it was said: only this server writes resources of the prediction
 * profiles, clients' creations, updates, patches and deletions of them are refused with 403.
 *
 * <p>An update is judged by both versions, so a client can neither forge a prediction nor take the
 * profile away from one. Meta operations: {@link PredictionMetaGuardInterceptor}.
 */
@Interceptor
public final class PredictionGuardInterceptor {
  private static final Set<String> GUARDED =
      Set.of(
          ModelUrls.PREDICTION,
          ModelUrls.SCORE,
          ModelUrls.POINTS,
          ModelUrls.ORDER_FINDING,
          ModelUrls.EXPLANATION,
          ModelUrls.FEEDBACK,
          ModelUrls.FEEDBACK_PROVENANCE,
          ModelUrls.AI_PROVENANCE,
          ModelUrls.HOOK_CALL,
          OutcomeUrls.LABEL,
          OutcomeUrls.ADJUDICATED_LABEL,
          OutcomeUrls.LABEL_PROVENANCE);

  /** Whether only this server writes resources of a profile. */
  public static boolean guards(String profile) {
    return GUARDED.contains(profile.split("\\|", 2)[0]);
  }

  @Hook(Pointcut.STORAGE_PRESTORAGE_RESOURCE_CREATED)
  public void created(IBaseResource resource, @Nullable RequestDetails request) {
    refuse(resource, request);
  }

  @Hook(Pointcut.STORAGE_PRESTORAGE_RESOURCE_UPDATED)
  public void updated(
      @Nullable IBaseResource before, IBaseResource after, @Nullable RequestDetails request) {
    refuse(before, request);
    refuse(after, request);
  }

  @Hook(Pointcut.STORAGE_PRESTORAGE_RESOURCE_DELETED)
  public void deleted(IBaseResource resource, @Nullable RequestDetails request) {
    refuse(resource, request);
  }

  private static void refuse(@Nullable IBaseResource resource, @Nullable RequestDetails request) {
    if (resource == null || request == null || request instanceof SystemRequestDetails) {
      return;
    }
    for (IPrimitiveType<String> profile : resource.getMeta().getProfile()) {
      String canonical = String.valueOf(profile.getValue());
      if (guards(canonical)) {
        throw refusal(canonical);
      }
    }
  }

  static ForbiddenOperationException refusal(String what) {
    return new ForbiddenOperationException(
        "Only this server writes what a model said ("
            + what
            + "); a clinician's answer goes to the hook's /feedback, or to $feedback");
  }
}
