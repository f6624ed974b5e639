package org.auscult.server.trace;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.propagation.ContextPropagators;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporterBuilder;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.springframework.boot.autoconfigure.condition.ConditionalOnExpression;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;

/** Spans of hook calls, if a collector is named. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(TraceSettings.class)
public class TraceConfiguration {
  private static final String NAMED = "!'${auscult.tracing.endpoint:}'.isBlank()";
  private static final Duration LONGEST_EXPORT = Duration.ofSeconds(10);
  private static final Duration GATHERED = Duration.ofSeconds(1);

  /**
   * Spans wait in memory, 2,048 at the most; while the collector is away, further ones are lost.
   */
  @Bean(destroyMethod = "close")
  @ConditionalOnExpression(NAMED)
  OpenTelemetrySdk telemetry(TraceSettings settings) {
    OtlpHttpSpanExporterBuilder exporter =
        OtlpHttpSpanExporter.builder()
            .setEndpoint(Objects.requireNonNull(settings.endpoint()))
            .setTimeout(LONGEST_EXPORT);
    if (settings.authorization() != null) {
      exporter.addHeader("Authorization", settings.authorization());
    }
    Sampler share = Sampler.traceIdRatioBased(settings.share());
    SdkTracerProvider spans =
        SdkTracerProvider.builder()
            .setResource(
                Resource.create(
                    Attributes.of(
                        AttributeKey.stringKey("service.name"),
                        "auscult",
                        AttributeKey.stringKey("service.instance.id"),
                        UUID.randomUUID().toString())))
            // The share holds for whoever calls: nobody outside says what is kept here.
            .setSampler(
                Sampler.parentBasedBuilder(share)
                    .setRemoteParentSampled(share)
                    .setRemoteParentNotSampled(share)
                    .build())
            .addSpanProcessor(
                BatchSpanProcessor.builder(exporter.build()).setScheduleDelay(GATHERED).build())
            .build();
    return OpenTelemetrySdk.builder()
        .setTracerProvider(spans)
        .setPropagators(ContextPropagators.create(W3CTraceContextPropagator.getInstance()))
        .build();
  }

  @Bean
  CallTraces callTraces(Optional<OpenTelemetrySdk> telemetry) {
    return telemetry.map(CallTraces::of).orElse(CallTraces.NONE);
  }

  /** Around all other filters of a call: what waits for the audit log belongs to it. */
  @Bean
  @ConditionalOnExpression(NAMED)
  FilterRegistrationBean<HookSpans> hookSpans(OpenTelemetrySdk telemetry) {
    FilterRegistrationBean<HookSpans> filter =
        new FilterRegistrationBean<>(new HookSpans(telemetry));
    filter.addUrlPatterns("/cds-services", "/cds-services/*", "/ehr/*");
    filter.setOrder(Ordered.HIGHEST_PRECEDENCE + 5);
    return filter;
  }
}
