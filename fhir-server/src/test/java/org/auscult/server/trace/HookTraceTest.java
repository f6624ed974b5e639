package org.auscult.server.trace;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status.StatusCode;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.auscult.server.OpenedChart;
import org.auscult.server.ServerTest;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class HookTraceTest extends ServerTest {
  private static final String PARENT = "00f067aa0ba902b7";

  private final String trace = UUID.randomUUID().toString().replace("-", "");
  private final String patient = "traced-" + UUID.randomUUID();
  private final UUID instance = UUID.randomUUID();

  @Test
  void aCallIsOneTraceFromItsRequestToTheModel() throws Exception {
    List<Span> spans = TraceReceiver.keep(trace);
    OpenedChart chart = new OpenedChart(caller(), patient);

    HttpResponse<String> answer = call("/cds-services/cvd-risk", chart.body(instance), "01", null);

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    Span root = await(spans, "POST /cds-services/{id}");
    assertThat(root.getKind()).isEqualTo(Span.SpanKind.SPAN_KIND_SERVER);
    assertThat(TraceReceiver.hex(root.getParentSpanId())).isEqualTo(PARENT);
    assertThat(value(root, "auscult.service")).isEqualTo("cvd-risk");
    assertThat(value(root, "http.response.status_code")).isEqualTo("200");
    assertThat(spans.stream().map(Span::getName))
        .contains("caller.verify", "model.score", "display.history", "journal.store");
    Set<String> inside = new HashSet<>();
    for (Span span : spans) {
      inside.add(TraceReceiver.hex(span.getSpanId()));
    }
    for (Span span : spans) {
      assertThat(span.getEndTimeUnixNano()).isGreaterThanOrEqualTo(span.getStartTimeUnixNano());
      if (!span.equals(root)) {
        assertThat(inside).as(span.getName()).contains(TraceReceiver.hex(span.getParentSpanId()));
        assertThat(span.getStartTimeUnixNano()).isGreaterThanOrEqualTo(root.getStartTimeUnixNano());
      }
    }
    Span score = spans.stream().filter(s -> s.getName().equals("model.score")).findAny().get();
    assertThat(value(score, "auscult.model")).contains("prevent").contains("|");
  }

  @Test
  void noSpanTellsWhoseCallItWas() throws Exception {
    List<Span> spans = TraceReceiver.keep(trace);
    call("/cds-services/cvd-risk", new OpenedChart(caller(), patient).body(instance), "01", null);
    await(spans, "POST /cds-services/{id}");

    for (Span span : spans) {
      assertThat(span.toString()).doesNotContain(patient).doesNotContain(instance.toString());
    }
  }

  /** What a path names is written down only if there is such a service; what is kept is ours. */
  @Test
  void aRefusedCallIsTracedWithoutWhatItNamed() throws Exception {
    List<Span> spans = TraceReceiver.keep(trace);

    HttpResponse<String> answer = call("/cds-services/jane-doe", "{}", "00", "Bearer x.y.z");

    assertThat(answer.statusCode()).isEqualTo(401);
    Span root = await(spans, "POST /cds-services/{id}");
    assertThat(root.toString()).doesNotContain("jane-doe");
    assertThat(value(root, "http.response.status_code")).isEqualTo("401");
    Span verified = await(spans, "caller.verify");
    assertThat(value(verified, "auscult.verdict")).isEqualTo("refused");
  }

  @Test
  void whatTheServerCannotAnswerIsMarked() throws Exception {
    List<Span> spans = TraceReceiver.keep(trace);

    call("/cds-services/cvd-risk", "{", "01", null);

    Span root = await(spans, "POST /cds-services/{id}");
    assertThat(value(root, "http.response.status_code")).isEqualTo("400");
    assertThat(root.getStatus().getCode()).isEqualTo(StatusCode.STATUS_CODE_UNSET);
  }

  private HttpResponse<String> call(
      String path, String body, String flags, @Nullable String authorization) throws Exception {
    HttpRequest.Builder request =
        caller()
            .request(path)
            .header("Content-Type", "application/json")
            .header("traceparent", "00-" + trace + "-" + PARENT + "-" + flags)
            .POST(HttpRequest.BodyPublishers.ofString(body));
    if (authorization != null) {
      request.header("Authorization", authorization);
    }
    return caller().send(request);
  }

  /** The root ends last, and what it began was handed over before it. */
  private static Span await(List<Span> spans, String name) throws InterruptedException {
    long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    while (System.nanoTime() < end) {
      for (Span span : spans) {
        if (span.getName().equals(name)) {
          return span;
        }
      }
      Thread.sleep(50);
    }
    throw new AssertionError(
        "No span "
            + name
            + " among "
            + spans.stream().map(Span::getName).collect(Collectors.toList()));
  }

  private static String value(Span span, String key) {
    for (KeyValue attribute : span.getAttributesList()) {
      if (attribute.getKey().equals(key)) {
        return attribute.getValue().hasIntValue()
            ? String.valueOf(attribute.getValue().getIntValue())
            : attribute.getValue().getStringValue();
      }
    }
    return "";
  }
}
