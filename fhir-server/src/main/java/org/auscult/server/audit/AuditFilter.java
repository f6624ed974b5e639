package org.auscult.server.audit;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.auscult.audit.AuditUnavailableException;
import org.auscult.audit.fhir.Touched;

/**
 * Gives each request its one leaf, and lets no answer leave before that is durable (safety rule
 * 22).
 *
 * <p>Idea: whatever answers (HAPI, a controller, another filter that refuses) must ask the response
 * for a stream, send an error or a redirect, or return. {@link AuditedResponse} records at the
 * first of these; by then the status is set. So there is one place, for successes, refusals, parse
 * errors, batches, pages and streams alike; HAPI's own pointcuts fire differently for each of them,
 * and for operations that write their answer themselves not at all.
 *
 * <p>If nothing takes the leaf, the answer is a 503, and whatever was to be shown is not.
 */
final class AuditFilter implements Filter {
  private static final byte[] UNAVAILABLE =
      ("{\"resourceType\":\"OperationOutcome\",\"issue\":[{\"severity\":\"fatal\",\"code\":"
              + "\"transient\",\"diagnostics\":\"This request cannot be recorded at the moment, so"
              + " it is not answered. Try again; if it persists, tell the operator.\"}]}")
          .getBytes(StandardCharsets.UTF_8);

  private final RequestRecorder recorder;

  AuditFilter(RequestRecorder recorder) {
    this.recorder = recorder;
  }

  @Override
  public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    if (request instanceof HttpServletRequest http
        && response instanceof HttpServletResponse answer
        && recorder.isRecorded(http)) {
      doFilter(http, answer, chain);
    } else {
      chain.doFilter(request, response);
    }
  }

  private void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    request.setAttribute(Touched.ATTRIBUTE, new Touched());
    Map<String, List<String>> before = headers(response);
    AuditedResponse audited =
        new AuditedResponse(response, status -> recorder.record(request, status));
    CurrentRequest.begin(request);
    try {
      chain.doFilter(request, audited);
      audited.recordOnce(audited.getStatus());
    } catch (IOException | ServletException | RuntimeException | Error e) {
      if (!audited.isRefused()) {
        recordFailure(audited);
      }
      if (!audited.isRefused()) {
        throw e;
      }
    } finally {
      CurrentRequest.end();
    }
    if (audited.isRefused()) {
      refuse(response, before);
    }
  }

  /** Those that a filter before this one has set for every answer. */
  private static Map<String, List<String>> headers(HttpServletResponse response) {
    Map<String, List<String>> headers = new LinkedHashMap<>();
    response.getHeaderNames().forEach(n -> headers.put(n, List.copyOf(response.getHeaders(n))));
    return headers;
  }

  /** What was thrown becomes a 500 further out, unless an answer has begun to leave. */
  private static void recordFailure(AuditedResponse audited) {
    try {
      audited.recordOnce(HttpServletResponse.SC_INTERNAL_SERVER_ERROR);
    } catch (AuditUnavailableException e) {
      // It says so itself: isRefused.
      return;
    }
  }

  private static void refuse(HttpServletResponse response, Map<String, List<String>> headers)
      throws IOException {
    if (!response.isCommitted()) {
      response.reset();
      headers.forEach((name, values) -> values.forEach(v -> response.addHeader(name, v)));
      response.setStatus(HttpServletResponse.SC_SERVICE_UNAVAILABLE);
      response.setContentType("application/fhir+json;charset=UTF-8");
      response.getOutputStream().write(UNAVAILABLE);
    }
  }
}
