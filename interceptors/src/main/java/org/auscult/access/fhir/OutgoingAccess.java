package org.auscult.access.fhir;

import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import ca.uhn.fhir.rest.api.RestOperationTypeEnum;
import ca.uhn.fhir.rest.api.server.IPreResourceAccessDetails;
import ca.uhn.fhir.rest.api.server.IPreResourceShowDetails;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.api.server.ResponseDetails;
import ca.uhn.fhir.rest.server.exceptions.BaseServerResponseException;
import ca.uhn.fhir.rest.server.exceptions.ResourceGoneException;
import ca.uhn.fhir.rest.server.exceptions.ResourceNotFoundException;
import java.util.Objects;
import java.util.Set;
import org.auscult.access.Permission;
import org.auscult.access.Requester;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleEntryComponent;
import org.hl7.fhir.r4.model.Bundle.BundleType;
import org.hl7.fhir.r4.model.OperationOutcome;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Parameters.ParametersParameterComponent;
import org.hl7.fhir.r4.model.Resource;
import org.jspecify.annotations.Nullable;

/**
 * Looks at every resource once more before it leaves, by whatever road it came: what may not be
 * seen is taken out, before results are counted and paged, and again before they are sent.
 */
@Interceptor
public final class OutgoingAccess {
  private static final Set<RestOperationTypeEnum> WRITES =
      Set.of(
          RestOperationTypeEnum.CREATE,
          RestOperationTypeEnum.UPDATE,
          RestOperationTypeEnum.PATCH,
          RestOperationTypeEnum.DELETE);
  private static final String BREAK_GLASS = "BTG";
  private static final Set<String> NO_DATA =
      Set.of("OperationOutcome", "Parameters", "CapabilityStatement", "Bundle");

  /** Before results count: a page is filled with what may be seen. */
  @Hook(Pointcut.STORAGE_PREACCESS_RESOURCES)
  public void find(IPreResourceAccessDetails found, RequestDetails request) {
    AccessSession.of(request)
        .ifPresent(
            session -> {
              for (int i = 0; i < found.size(); i++) {
                if (!sees(session, found.getResource(i))) {
                  found.setDontReturnResourceAtIndex(i);
                }
              }
            });
  }

  @Hook(Pointcut.STORAGE_PRESHOW_RESOURCES)
  public void show(IPreResourceShowDetails shown, RequestDetails request) {
    AccessSession.of(request)
        .filter(session -> !WRITES.contains(request.getRestOperationType()))
        .ifPresent(
            session -> {
              for (int i = 0; i < shown.size(); i++) {
                if (!sees(session, shown.getResource(i))) {
                  shown.setResource(i, null);
                }
              }
            });
  }

  @Hook(Pointcut.SERVER_OUTGOING_RESPONSE)
  public boolean send(RequestDetails request, ResponseDetails response) {
    AccessSession.of(request)
        .ifPresent(
            session -> {
              send(session, request, response);
              if (session.isOpenedByEmergency()) {
                // The audit log says by which purpose this was seen.
                request.setAttribute(
                    Requester.ATTRIBUTE, session.requester().withPurpose(BREAK_GLASS));
              }
            });
    return true;
  }

  private static void send(
      AccessSession session, RequestDetails request, ResponseDetails response) {
    IBaseResource given = response.getResponseResource();
    if (given instanceof Bundle bundle) {
      EntryAccess.refused(request).forEach((place, why) -> putBack(bundle, place, why));
      send(session, request, bundle);
    } else if (given instanceof Parameters parameters) {
      parameters.getParameter().forEach(parameter -> send(session, parameter));
    } else if (given != null && !sees(session, given)) {
      if (!WRITES.contains(request.getRestOperationType())) {
        throw Refusals.absent(request, given.fhirType(), given.getIdElement().getIdPart());
      }
      // Who may write and not read gets no body.
      response.setResponseResource(null);
    } else if (given != null) {
      cut(session, given);
    }
  }

  private static void send(AccessSession session, RequestDetails request, Bundle bundle) {
    boolean isAnswer =
        bundle.getType() == BundleType.BATCHRESPONSE
            || bundle.getType() == BundleType.TRANSACTIONRESPONSE;
    for (BundleEntryComponent entry : bundle.getEntry()) {
      Resource resource = entry.getResource();
      if (resource instanceof Bundle nested) {
        send(session, request, nested);
      } else if (resource != null && !sees(session, resource)) {
        entry.setResource(null);
        if (!isAnswer) {
          entry.setFullUrl(null).setResponse(null).setRequest(null).setSearch(null).setLink(null);
        }
      } else if (resource != null) {
        cut(session, resource);
      }
    }
    if (!isAnswer) {
      bundle.getEntry().removeIf(BundleEntryComponent::isEmpty);
      total(session, request, bundle);
    }
  }

  /** A total may not tell of more than there is to see: it stands where all is on one page. */
  private static void total(AccessSession session, RequestDetails request, Bundle bundle) {
    String type = Objects.requireNonNullElse(request.getResourceName(), "");
    if (session.isUnlimited(Permission.SEARCH, type)) {
      return;
    }
    bundle.setTotalElement(null);
    if (bundle.getLink(Bundle.LINK_NEXT) == null && bundle.getLink(Bundle.LINK_PREV) == null) {
      long matches =
          bundle.getEntry().stream()
              .filter(
                  entry ->
                      !entry.getSearch().hasMode()
                          || entry.getSearch().getMode() == Bundle.SearchEntryMode.MATCH)
              .count();
      bundle.setTotal((int) matches);
    }
  }

  private static void send(AccessSession session, ParametersParameterComponent parameter) {
    if (parameter.hasResource() && !sees(session, parameter.getResource())) {
      parameter.setResource(null);
    } else if (parameter.hasResource()) {
      cut(session, parameter.getResource());
    }
    parameter.getPart().forEach(part -> send(session, part));
  }

  private static void putBack(Bundle answer, int place, BaseServerResponseException why) {
    BundleEntryComponent entry = new BundleEntryComponent();
    entry.getResponse().setStatus(String.valueOf(why.getStatusCode()));
    if (why.getOperationOutcome() instanceof OperationOutcome outcome) {
      entry.getResponse().setOutcome(outcome);
    }
    answer.getEntry().add(Math.min(place, answer.getEntry().size()), entry);
  }

  /** What is not there, what was deleted and what is out of reach have one answer. */
  @Hook(Pointcut.SERVER_PRE_PROCESS_OUTGOING_EXCEPTION)
  public @Nullable BaseServerResponseException failing(RequestDetails request, Throwable failure) {
    boolean isAbsent =
        failure instanceof ResourceNotFoundException || failure instanceof ResourceGoneException;
    String type = request.getResourceName();
    if (!isAbsent
        || type == null
        || request.getId() == null
        || AccessSession.of(request)
            .map(session -> session.isUnlimited(Permission.READ, type))
            .orElse(true)) {
      return null;
    }
    return Refusals.notKnown(type, request.getId().getIdPart());
  }

  private static void cut(AccessSession session, IBaseResource resource) {
    if (!NO_DATA.contains(resource.fhirType())) {
      session.cut((Resource) resource);
    }
  }

  private static boolean sees(AccessSession session, IBaseResource resource) {
    return NO_DATA.contains(resource.fhirType()) || session.sees(resource);
  }
}
