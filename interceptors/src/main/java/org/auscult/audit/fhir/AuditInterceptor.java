package org.auscult.audit.fhir;

import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import ca.uhn.fhir.rest.api.RequestTypeEnum;
import ca.uhn.fhir.rest.api.RestOperationTypeEnum;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.server.servlet.ServletRequestDetails;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.auscult.audit.fhir.Touched.Interaction;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.instance.model.api.IIdType;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.OperationOutcome;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Resource;
import org.jspecify.annotations.Nullable;

/**
 * Tells {@link Touched} what a FHIR request is, what it wrote and what its answer shows. It records
 * nothing itself: the servlet filter that put the attribute there does, once, when the answer is
 * about to leave; so that a request has one leaf whatever it is and however it fails.
 */
@Interceptor
public final class AuditInterceptor {
  private static final String PATIENT = "Patient/";
  private static final int LAST = 1_000_000;

  /** As soon as the path is read, so that a request without a handler has its type and id. */
  @Hook(Pointcut.SERVER_INCOMING_REQUEST_PRE_HANDLER_SELECTED)
  public void addressed(RequestDetails request) {
    with(
        request,
        touched -> {
          if (request.getRequestId() != null) {
            touched.requestId(request.getRequestId());
          }
          IIdType id = request.getId();
          if (request.getResourceName() != null && id != null && id.hasIdPart()) {
            String reference = request.getResourceName() + "/" + id.getIdPart();
            boolean isPatient = reference.startsWith(PATIENT);
            touched.entity(reference, isPatient ? Set.of(id.getIdPart()) : Set.of());
          }
          request.getParameters().forEach((name, values) -> asked(touched, name, values));
        });
  }

  /** When it is known what it is. */
  @Hook(Pointcut.SERVER_INCOMING_REQUEST_PRE_HANDLED)
  public void understood(RequestDetails request, RestOperationTypeEnum operation) {
    with(
        request,
        touched -> {
          String name = request.getOperation();
          boolean isOperation = name != null && name.startsWith("$");
          touched.is(
              new Interaction(
                  operation.getCode(), request.getResourceName(), isOperation ? name : null));
          if (request.getRequestType() == RequestTypeEnum.POST && isSearch(operation)) {
            touched.searchedBy(query(request.getParameters()));
          }
        });
  }

  /** What the answer shows, when everybody who takes something out of it has done so. */
  @Hook(value = Pointcut.SERVER_OUTGOING_RESPONSE, order = LAST)
  public void answered(RequestDetails request, @Nullable IBaseResource answer) {
    with(request, touched -> show(touched, answer));
  }

  /** What it wrote. */
  @Hook(Pointcut.STORAGE_PRECOMMIT_RESOURCE_CREATED)
  public void created(IBaseResource resource, @Nullable RequestDetails request) {
    with(request, touched -> touch(touched, resource));
  }

  /** What it changed. */
  @Hook(Pointcut.STORAGE_PRECOMMIT_RESOURCE_UPDATED)
  public void updated(IBaseResource before, IBaseResource after, @Nullable RequestDetails request) {
    with(
        request,
        touched -> {
          touch(touched, after);
          // Whoever it was about is concerned too.
          PatientsOf.resource(before).forEach(touched::patient);
        });
  }

  /** What it deleted. */
  @Hook(Pointcut.STORAGE_PRECOMMIT_RESOURCE_DELETED)
  public void deleted(IBaseResource resource, @Nullable RequestDetails request) {
    with(request, touched -> touch(touched, resource));
  }

  private static void with(@Nullable RequestDetails request, Consumer<Touched> fill) {
    // Our own jobs write as the system, and are no request.
    if (request instanceof ServletRequestDetails
        && request.getAttribute(Touched.ATTRIBUTE) instanceof Touched touched) {
      fill.accept(touched);
    }
  }

  private static void asked(Touched touched, String parameter, String[] values) {
    String name = parameter.split("[:.]", 2)[0];
    boolean byPatient = name.equals("patient");
    if (byPatient || name.equals("subject") || name.equals("beneficiary")) {
      Arrays.stream(values)
          .flatMap(v -> Arrays.stream(v.split(",")))
          .forEach(
              value -> {
                if (value.startsWith(PATIENT)) {
                  touched.patient(value.substring(PATIENT.length()));
                } else if (byPatient && value.matches("[A-Za-z0-9.-]{1,64}")) {
                  touched.patient(value);
                }
              });
    }
  }

  private static boolean isSearch(RestOperationTypeEnum operation) {
    return operation == RestOperationTypeEnum.SEARCH_TYPE
        || operation == RestOperationTypeEnum.SEARCH_SYSTEM;
  }

  private static String query(Map<String, String[]> parameters) {
    return parameters.entrySet().stream()
        .flatMap(p -> Arrays.stream(p.getValue()).map(v -> encoded(p.getKey()) + "=" + encoded(v)))
        .collect(Collectors.joining("&"));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private static void show(Touched touched, @Nullable IBaseResource answer) {
    if (answer instanceof Bundle bundle) {
      for (Bundle.BundleEntryComponent entry : bundle.getEntry()) {
        show(touched, entry.getResource());
      }
    } else if (answer instanceof Parameters parameters) {
      shown(touched, parameters.getParameter());
    } else if (answer != null && !(answer instanceof OperationOutcome)) {
      touch(touched, answer);
    }
  }

  private static void shown(
      Touched touched, List<Parameters.ParametersParameterComponent> parameters) {
    for (Parameters.ParametersParameterComponent parameter : parameters) {
      show(touched, parameter.getResource());
      shown(touched, parameter.getPart());
    }
  }

  private static void touch(Touched touched, IBaseResource resource) {
    IIdType id = resource.getIdElement();
    if (resource instanceof Resource known && id.hasIdPart()) {
      String version =
          id.hasVersionIdPart() ? id.getVersionIdPart() : known.getMeta().getVersionId();
      touched.entity(
          known.fhirType() + "/" + id.getIdPart() + (version == null ? "" : "/_history/" + version),
          PatientsOf.resource(resource));
    }
  }
}
