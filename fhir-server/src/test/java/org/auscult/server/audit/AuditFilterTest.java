package org.auscult.server.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.auscult.access.RefusalReason;
import org.auscult.access.Requester;
import org.auscult.access.Role;
import org.auscult.audit.AuditEntry;
import org.auscult.audit.AuditKind;
import org.auscult.audit.AuditOutcome;
import org.auscult.audit.AuditUnavailableException;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

/** Safety: 22. Governance: 6. */
class AuditFilterTest {
  private final List<AuditEntry> recorded = new ArrayList<>();
  private final MockHttpServletResponse response = new MockHttpServletResponse();
  private Kept where = Kept.DATABASE;
  private boolean takesNone;
  private boolean emergencyReads;

  private Kept keep(AuditEntry entry) {
    if (takesNone) {
      throw new AuditUnavailableException("none", null);
    }
    recorded.add(entry);
    return where;
  }

  private void run(MockHttpServletRequest request, FilterChain chain)
      throws IOException, ServletException {
    new AuditFilter(new RequestRecorder(this::keep, emergencyReads))
        .doFilter(request, response, chain);
  }

  private static MockHttpServletRequest get(String path) {
    return new MockHttpServletRequest("GET", path);
  }

  private static FilterChain answers(int status, String body) {
    return (request, response) -> {
      ((HttpServletResponse) response).setStatus(status);
      response.getWriter().write(body);
    };
  }

  @Test
  void leafIsKeptBeforeTheFirstByteAndOnce() throws Exception {
    run(
        get("/fhir/Patient/1"),
        (request, answer) -> {
          assertThat(recorded).isEmpty();
          ((HttpServletResponse) answer).setStatus(200);
          answer.getOutputStream().write('x');
          assertThat(recorded).hasSize(1);
          answer.getOutputStream().write('y');
          answer.flushBuffer();
        });

    assertThat(response.getContentAsString()).isEqualTo("xy");
    assertThat(recorded).hasSize(1);
    assertThat(recorded.get(0).outcome()).isEqualTo(AuditOutcome.SUCCESS);
  }

  @Test
  void answerWithoutABodyHasItsLeafToo() throws Exception {
    run(get("/fhir/x"), (request, answer) -> ((HttpServletResponse) answer).setStatus(204));
    run(get("/fhir/x"), (request, answer) -> ((HttpServletResponse) answer).sendError(401));

    assertThat(recorded)
        .extracting(AuditEntry::kind)
        .containsExactly(AuditKind.REST, AuditKind.CALLER_REFUSED);
  }

  @Test
  void whatIsThrownIsRecordedAndThrown() {
    assertThatThrownBy(
            () ->
                run(
                    get("/fhir/x"),
                    (request, answer) -> {
                      throw new IllegalStateException("broken");
                    }))
        .hasMessage("broken");
    assertThat(recorded).hasSize(1);
    assertThat(recorded.get(0).outcome()).isEqualTo(AuditOutcome.SERIOUS_FAILURE);
  }

  @Test
  void nothingLeavesThatCouldNotBeRecorded() throws Exception {
    takesNone = true;
    response.setHeader("X-Content-Type-Options", "nosniff");
    run(
        get("/fhir/Patient/1"),
        (request, answer) -> {
          ((HttpServletResponse) answer).setHeader("ETag", "W/\"7\"");
          try {
            answer.getWriter().write("secret");
          } catch (AuditUnavailableException e) {
            // As HAPI does: it tries to say what went wrong.
            answer.getWriter().write("also secret");
          }
        });

    assertThat(response.getStatus()).isEqualTo(503);
    assertThat(response.getContentAsString()).contains("OperationOutcome").doesNotContain("secret");
    assertThat(response.getHeader("ETag")).isNull();
    assertThat(response.getHeader("X-Content-Type-Options")).isEqualTo("nosniff");
  }

  @Test
  void hookAnswerThatCouldNotBeRecordedIsA503() throws Exception {
    takesNone = true;
    run(
        new MockHttpServletRequest("POST", "/cds-services/cvd-risk"),
        answers(200, "{\"cards\":[]}"));

    assertThat(response.getStatus()).isEqualTo(503);
    assertThat(response.getContentAsString()).doesNotContain("cards");
  }

  @Test
  void whileLeavesAreSpooledDataIsReadInAnEmergencyAlone() throws Exception {
    where = Kept.SPOOL;
    run(get("/fhir/Patient/1"), answers(200, "data"));
    assertThat(response.getStatus()).isEqualTo(503);
    assertThat(response.getContentAsString()).doesNotContain("data");

    response.reset();
    run(get("/fhir/Patient/1"), answers(404, "no such"));
    assertThat(response.getStatus()).isEqualTo(404);

    response.reset();
    emergencyReads = true;
    run(get("/fhir/Patient/1"), answers(200, "data"));
    assertThat(response.getContentAsString()).isEqualTo("data");
    assertThat(recorded).hasSize(3);
  }

  @Test
  void whoWasRefusedIsNamedButNotTheToken() throws Exception {
    MockHttpServletRequest request = get("/fhir/Patient");
    request.setQueryString("name=x&Access_Token=abc.def.ghi");
    request.setAttribute(
        Requester.ATTRIBUTE,
        new Requester(
            "https://issuer.example.org",
            "alice",
            "app",
            "Practitioner/7",
            Set.of(Role.CLINICIAN),
            "user/*.rs",
            null,
            null,
            Set.of("north"),
            "TREAT",
            "jti-1"));
    run(request, answers(403, "no"));

    AuditEntry entry = recorded.get(0);
    assertThat(entry.kind()).isEqualTo(AuditKind.ACCESS_DENIED);
    assertThat(entry.agent().user()).isEqualTo("Practitioner/7");
    assertThat(entry.agent().client()).isEqualTo("app");
    assertThat(entry.agent().purpose()).isEqualTo("TREAT");
    assertThat(entry.sites()).containsExactly("north");
    assertThat(entry.details()).containsEntry(RequestRecorder.TOKEN, "jti-1");
    assertThat(entry.query()).isEqualTo("/fhir/Patient?name=x&Access_Token=");
  }

  /** What is out of reach looks like what is not there, but not in the log. */
  @Test
  void refusalThatLooksLikeAbsenceIsARefusalInTheLog() throws Exception {
    MockHttpServletRequest request = get("/fhir/Patient/9");
    request.setAttribute(RefusalReason.ATTRIBUTE, RefusalReason.OUT_OF_REACH.code());
    run(request, answers(404, "no such"));

    assertThat(recorded.get(0).kind()).isEqualTo(AuditKind.ACCESS_DENIED);
    assertThat(recorded.get(0).reason()).isEqualTo("out-of-reach");
  }

  @Test
  void discoveryAndPreflightsTellNothing() throws Exception {
    run(get("/cds-services"), answers(200, "{}"));
    run(new MockHttpServletRequest("OPTIONS", "/cds-services/x"), answers(200, ""));

    assertThat(recorded).isEmpty();
  }
}
