package org.auscult.server.trace;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Scope;
import java.util.function.Function;

/** Runs a step within a span of its own. */
final class Spans {
  private static final AttributeKey<String> ERROR = AttributeKey.stringKey("error.type");

  private final Tracer tracer;

  Spans(Tracer tracer) {
    this.tracer = tracer;
  }

  /**
   * Runs a step. A failure leaves its class in the span, and not its message, which may quote data.
   *
   * @param attributes what is known before it
   */
  <T> T step(String name, Attributes attributes, Function<Span, T> step) {
    Span span = tracer.spanBuilder(name).setAllAttributes(attributes).startSpan();
    try (Scope scope = span.makeCurrent()) {
      return step.apply(span);
    } catch (RuntimeException e) {
      failed(span, e);
      throw e;
    } finally {
      span.end();
    }
  }

  static void failed(Span span, Throwable cause) {
    span.setStatus(StatusCode.ERROR).setAttribute(ERROR, cause.getClass().getName());
  }
}
