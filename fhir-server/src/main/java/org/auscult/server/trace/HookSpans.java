package org.auscult.server.trace;

import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import io.opentelemetry.context.propagation.TextMapGetter;
import io.opentelemetry.context.propagation.TextMapPropagator;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collections;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * A span for each request to CDS services, from its first byte to the last of its answer, in the
 * trace that its {@code traceparent} names (W3C Trace Context). What a client sent stands in no
 * attribute, but for the name of a service of ours.
 */
final class HookSpans extends OncePerRequestFilter {
  private static final Pattern PATH =
      Pattern.compile("(?:/ehr/[^/]+)?/cds-services(?:/([^/]+)(/feedback)?)?");

  /** With these answers the path named a service that there is. */
  private static final Set<Integer> OF_SERVICES = Set.of(200, 400, 412);

  private static final AttributeKey<String> METHOD = AttributeKey.stringKey("http.request.method");
  private static final AttributeKey<String> ROUTE = AttributeKey.stringKey("http.route");
  private static final AttributeKey<Long> STATUS =
      AttributeKey.longKey("http.response.status_code");
  private static final AttributeKey<String> SERVICE = AttributeKey.stringKey("auscult.service");

  private static final TextMapGetter<HttpServletRequest> HEADERS =
      new TextMapGetter<>() {
        @Override
        public Iterable<String> keys(HttpServletRequest request) {
          return Collections.list(request.getHeaderNames());
        }

        @Override
        public @Nullable String get(@Nullable HttpServletRequest request, String name) {
          return request == null ? null : request.getHeader(name);
        }
      };

  private final Tracer tracer;
  private final TextMapPropagator propagator;

  HookSpans(OpenTelemetry telemetry) {
    this.tracer = telemetry.getTracer("org.auscult");
    this.propagator = telemetry.getPropagators().getTextMapPropagator();
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    Matcher path = PATH.matcher(request.getRequestURI());
    if (!path.matches()) {
      chain.doFilter(request, response);
      return;
    }
    String service = path.group(1);
    boolean isFeedback = path.group(2) != null;
    String route =
        service == null ? "/cds-services" : "/cds-services/{id}" + (isFeedback ? "/feedback" : "");
    String method = Set.of("GET", "POST").contains(request.getMethod()) ? request.getMethod() : "_";
    Span span =
        tracer
            .spanBuilder(method + " " + route)
            .setParent(propagator.extract(Context.root(), request, HEADERS))
            .setSpanKind(SpanKind.SERVER)
            .setAttribute(METHOD, method)
            .setAttribute(ROUTE, route)
            .startSpan();
    try (Scope scope = span.makeCurrent()) {
      chain.doFilter(request, response);
      span.setAttribute(STATUS, (long) response.getStatus());
      if (service != null && OF_SERVICES.contains(response.getStatus())) {
        span.setAttribute(SERVICE, service);
      }
      if (response.getStatus() >= 500) {
        span.setStatus(StatusCode.ERROR);
      }
    } catch (ServletException | IOException | RuntimeException e) {
      Spans.failed(span, e);
      throw e;
    } finally {
      span.end();
    }
  }
}
