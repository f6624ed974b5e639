package org.auscult.access.fhir;

import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.util.FhirTerser;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.auscult.access.Decision;
import org.auscult.access.Interaction;
import org.auscult.access.Permission;
import org.auscult.access.RefusalReason;
import org.auscult.access.Whose;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Encounter;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.jspecify.annotations.Nullable;

/**
 * Decides each write once more when both versions are known, however it came in: alone, by an entry
 * of a bundle, by condition, or by patch. What is written must be within reach before and after.
 *
 * <p>Labels ({@code meta.security}, {@code meta.tag}) of what may name patients change only by
 * those who may call {@code $meta-add}; a patient's site only to one's own.
 */
@Interceptor
public final class WriteAccess {
  private final FhirTerser terser;

  public WriteAccess(FhirTerser terser) {
    this.terser = terser;
  }

  /** An id in what is created was chosen by the client: an update that creates. */
  @Hook(Pointcut.STORAGE_PRESTORAGE_RESOURCE_CREATED)
  public void created(IBaseResource resource, @Nullable RequestDetails request) {
    AccessSession.of(request)
        .ifPresent(session -> created(session, (Resource) resource, nonNull(request)));
  }

  private void created(AccessSession session, Resource resource, RequestDetails request) {
    String type = resource.fhirType();
    boolean isUpdate = resource.getIdElement().hasIdPart();
    Permission permission = isUpdate ? Permission.UPDATE : Permission.CREATE;
    if (!session.isUnlimited(permission, type)) {
      require(session, request, permission, resource, session.ofNew(resource));
      if (isUpdate && session.namesPatients(type)) {
        throw Refusals.absent(request, type, resource.getIdElement().getIdPart());
      }
    }
    requireLocal(session, request, null, resource);
    requireLabels(session, request, null, resource);
    if (ReviewTasks.isOne(resource)) {
      ReviewTasks.requireReviewer(session, request, resource, true);
    }
  }

  @Hook(Pointcut.STORAGE_PRESTORAGE_RESOURCE_UPDATED)
  public void updated(
      @Nullable IBaseResource before, IBaseResource after, @Nullable RequestDetails request) {
    AccessSession.of(request)
        .ifPresent(
            session -> updated(session, (Resource) before, (Resource) after, nonNull(request)));
  }

  private void updated(
      AccessSession session, @Nullable Resource before, Resource after, RequestDetails request) {
    if (before != null) {
      requireOld(session, request, Permission.UPDATE, before);
    }
    if (!session.isUnlimited(Permission.UPDATE, after.fhirType())) {
      require(session, request, Permission.UPDATE, after, session.of(after));
    }
    requireLocal(session, request, before, after);
    requireLabels(session, request, before, after);
    if (ReviewTasks.isOne(before == null ? after : before)) {
      ReviewTasks.requireReviewer(session, request, before == null ? after : before, false);
    } else if (ReviewTasks.isOne(after)) {
      ReviewTasks.requireReviewer(session, request, after, true);
    }
  }

  @Hook(Pointcut.STORAGE_PRESTORAGE_RESOURCE_DELETED)
  public void deleted(IBaseResource resource, @Nullable RequestDetails request) {
    AccessSession.of(request)
        .ifPresent(
            session -> {
              requireOld(session, nonNull(request), Permission.DELETE, (Resource) resource);
              if (ReviewTasks.isOne((Resource) resource)) {
                ReviewTasks.requireReviewer(session, nonNull(request), (Resource) resource, true);
              }
            });
  }

  /** Erasing by search passes no other hook. */
  @Hook(Pointcut.STORAGE_PRE_DELETE_EXPUNGE)
  public void erasing(RequestDetails request) {
    AccessSession.of(request)
        .ifPresent(
            session -> {
              throw Refusals.forbidden(
                  request, RefusalReason.POLICY, "The policy allows nobody to erase by search.");
            });
  }

  private static void requireOld(
      AccessSession session, RequestDetails request, Permission permission, Resource resource) {
    if (session.isSomebodyElses(resource)) {
      throw Refusals.absent(request, resource.fhirType(), resource.getIdElement().getIdPart());
    }
    if (session.isUnlimited(permission, resource.fhirType())) {
      return;
    }
    Decision decision = session.decide(permission, resource, session.of(resource));
    if (!decision.allowed()) {
      throw session.sees(resource)
          ? Refusals.forbidden(request, decision)
          : Refusals.absent(request, resource.fhirType(), resource.getIdElement().getIdPart());
    }
  }

  private static void require(
      AccessSession session,
      RequestDetails request,
      Permission permission,
      Resource resource,
      Whose whose) {
    Decision decision = session.decide(permission, resource, whose);
    if (!decision.allowed()) {
      throw Refusals.forbidden(request, decision);
    }
  }

  /** References by search would search; a site that is named opens the patient to its staff. */
  private void requireLocal(
      AccessSession session, RequestDetails request, @Nullable Resource before, Resource after) {
    terser.getAllResourceReferences(after).stream()
        .map(info -> String.valueOf(info.getResourceReference().getReferenceElement().getValue()))
        .filter(reference -> reference.contains("?"))
        .map(reference -> reference.substring(0, reference.indexOf('?')))
        .filter(type -> !session.isUnlimited(Permission.SEARCH, type))
        .findFirst()
        .ifPresent(
            type -> {
              throw Refusals.forbidden(
                  request,
                  RefusalReason.CONDITION_BEYOND_REACH,
                  "A reference by search would search what is withheld from you; name the "
                      + type
                      + " by its id.");
            });
    String site = site(after);
    boolean isNew = site != null && (before == null || !site.equals(site(before)));
    if (isNew && !session.isEverywhere() && !session.requester().sites().contains(site)) {
      throw Refusals.forbidden(
          request,
          RefusalReason.FOREIGN_SITE,
          "This would open the patient to a site that is none of yours.");
    }
  }

  private static @Nullable String site(Resource resource) {
    Reference site = null;
    if (resource instanceof Patient patient) {
      site = patient.getManagingOrganization();
    } else if (resource instanceof Encounter encounter) {
      site = encounter.getServiceProvider();
    }
    return site == null ? null : site.getReferenceElement().getIdPart();
  }

  private static void requireLabels(
      AccessSession session, RequestDetails request, @Nullable Resource before, Resource after) {
    if (!session.namesPatients(after.fhirType())
        || labels(after).equals(before == null ? Set.of() : labels(before))) {
      return;
    }
    Whose whose = before == null ? session.ofNew(after) : session.of(after);
    Interaction label = Interaction.call("$meta-add", after.fhirType(), whose);
    if (!session.rights().decide(label).allowed()) {
      throw Refusals.forbidden(
          request,
          RefusalReason.LABELS,
          "Security labels and tags are changed by those who may call $meta-add.");
    }
  }

  private static Set<String> labels(Resource resource) {
    Set<String> labels =
        resource.getMeta().getSecurity().stream()
            .map(coding -> "security " + text(coding))
            .collect(Collectors.toSet());
    resource.getMeta().getTag().forEach(coding -> labels.add("tag " + text(coding)));
    return labels;
  }

  private static String text(Coding coding) {
    return coding.getSystem() + "|" + coding.getCode();
  }

  private static RequestDetails nonNull(@Nullable RequestDetails request) {
    return Objects.requireNonNull(request);
  }
}
