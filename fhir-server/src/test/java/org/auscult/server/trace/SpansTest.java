package org.auscult.server.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.util.Collection;
import java.util.concurrent.CopyOnWriteArrayList;
import org.auscult.cds.caller.CallerRecord;
import org.auscult.cds.client.CallerVerifier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SpansTest {
  private final CopyOnWriteArrayList<SpanData> ended = new CopyOnWriteArrayList<>();

  /** A message may quote what was recorded of a patient. */
  @Test
  void aFailureLeavesItsKindAndNotItsMessage() {
    Spans spans = new Spans(telemetry().getTracer("test"));

    assertThatThrownBy(
            () ->
                spans.step(
                    "read",
                    Attributes.empty(),
                    span -> {
                      throw new IllegalStateException("HbA1c of Jane Doe is 11 %");
                    }))
        .isInstanceOf(IllegalStateException.class);

    assertThat(ended).hasSize(1);
    assertThat(ended.get(0).toString())
        .contains("java.lang.IllegalStateException")
        .doesNotContain("Jane");
    assertThat(ended.get(0).getEvents()).isEmpty();
  }

  @Test
  void withoutACollectorPortsAreLeftAsTheyAre() {
    assertThat(CallTraces.NONE.verifier(CallerVerifier.NONE)).isSameAs(CallerVerifier.NONE);
    assertThat(CallTraces.NONE.callers(CallerRecord.NONE)).isSameAs(CallerRecord.NONE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"collector:4318", "file:///tmp/spans", "http:///v1/traces", "::"})
  void anEndpointIsAUrl(String endpoint) {
    assertThatThrownBy(() -> new TraceSettings(endpoint, null, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("auscult.tracing.endpoint");
  }

  @ParameterizedTest
  @ValueSource(doubles = {-0.1, 1.1, Double.NaN})
  void aShareIsOneOfAll(double share) {
    assertThatThrownBy(() -> new TraceSettings(null, null, share))
        .hasMessageContaining("auscult.tracing.share");
  }

  @Test
  void settingsDoNotTellTheirSecret() {
    assertThat(new TraceSettings("http://127.0.0.1/v1/traces", "Bearer secret", 1).toString())
        .doesNotContain("secret");
  }

  private OpenTelemetrySdk telemetry() {
    SpanExporter exporter =
        new SpanExporter() {
          @Override
          public CompletableResultCode export(Collection<SpanData> spans) {
            ended.addAll(spans);
            return CompletableResultCode.ofSuccess();
          }

          @Override
          public CompletableResultCode flush() {
            return CompletableResultCode.ofSuccess();
          }

          @Override
          public CompletableResultCode shutdown() {
            return CompletableResultCode.ofSuccess();
          }
        };
    return OpenTelemetrySdk.builder()
        .setTracerProvider(
            SdkTracerProvider.builder()
                .addSpanProcessor(SimpleSpanProcessor.create(exporter))
                .build())
        .build();
  }
}
