package org.auscult.server.audit;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.HookParams;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import ca.uhn.fhir.interceptor.executor.InterceptorService;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.api.server.ResponseDetails;
import ca.uhn.fhir.rest.server.servlet.ServletRequestDetails;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import org.auscult.audit.AuditAction;
import org.auscult.audit.AuditEntry;
import org.auscult.audit.AuditKind;
import org.auscult.audit.fhir.AuditInterceptor;
import org.auscult.audit.fhir.Touched;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Reference;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

class AuditInterceptorTest {
  /** Takes the second entry out, as a rule of access would. */
  @Interceptor
  public static final class Hides {
    @Hook(Pointcut.SERVER_OUTGOING_RESPONSE)
    public void hide(IBaseResource answer) {
      ((Bundle) answer).getEntry().remove(1);
    }
  }

  private static Bundle ofTwoPatients() {
    Bundle bundle = new Bundle();
    for (String id : List.of("1", "2")) {
      Observation observation = new Observation();
      observation.setId("Observation/" + id + "/_history/3");
      observation.setSubject(new Reference("Patient/p" + id));
      bundle.addEntry().setResource(observation);
    }
    return bundle;
  }

  /** In whatever order they are registered. Governance: 4. */
  @Test
  void whatWasTakenOutOfAnAnswerIsNotInItsLeaf() {
    InterceptorService hooks = new InterceptorService();
    hooks.registerInterceptor(new AuditInterceptor());
    hooks.registerInterceptor(new Hides());
    MockHttpServletRequest request = new MockHttpServletRequest("GET", "/fhir/Observation");
    Touched touched = new Touched();
    request.setAttribute(Touched.ATTRIBUTE, touched);
    ServletRequestDetails details = new ServletRequestDetails(hooks);
    details.setServletRequest(request);
    Bundle bundle = ofTwoPatients();

    hooks.callHooks(
        Pointcut.SERVER_OUTGOING_RESPONSE,
        new HookParams()
            .add(RequestDetails.class, details)
            .add(ServletRequestDetails.class, details)
            .add(IBaseResource.class, bundle)
            .add(ResponseDetails.class, new ResponseDetails(bundle))
            .add(HttpServletRequest.class, request)
            .add(HttpServletResponse.class, new MockHttpServletResponse()));

    AuditEntry.Builder entry =
        AuditEntry.of(AuditKind.REST, AuditAction.EXECUTE, "search-type Observation");
    touched.into(entry);
    assertThat(entry.build().patients()).containsExactly("p1");
    assertThat(entry.build().entities()).containsExactly("Observation/1/_history/3");
  }
}
