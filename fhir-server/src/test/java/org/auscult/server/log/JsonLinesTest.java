package org.auscult.server.log;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Through the encoder of the server's own configuration. */
class JsonLinesTest {
  private static JsonNode line(
      String logger, String message, @Nullable Throwable thrown, Object... arguments)
      throws Exception {
    LoggerContext context = new LoggerContext();
    context.putProperty("format", "json");
    JoranConfigurator configurator = new JoranConfigurator();
    configurator.setContext(context);
    configurator.doConfigure(
        JsonLinesTest.class.getClassLoader().getResource("logback-spring.xml"));
    LoggingEvent event =
        new LoggingEvent("", context.getLogger(logger), Level.WARN, message, thrown, arguments);
    String text =
        new String(
            ((ConsoleAppender<ILoggingEvent>) context.getLogger("ROOT").getAppender("console"))
                .getEncoder()
                .encode(event),
            StandardCharsets.UTF_8);
    assertThat(text).endsWith("}\n").containsOnlyOnce("\n");
    return new ObjectMapper().readTree(text);
  }

  @Test
  void aLineIsAnObject() throws Exception {
    JsonNode line = line("org.auscult.server.Boot", "Ready on \"port\" {}", null, 8080);
    assertThat(line.path("message").asText()).isEqualTo("Ready on \"port\" 8080");
    assertThat(line.path("level").asText()).isEqualTo("WARN");
    assertThat(line.path("logger").asText()).isEqualTo("org.auscult.server.Boot");
    assertThat(Instant.parse(line.path("@timestamp").asText())).isBefore(Instant.now());
    assertThat(line.has("exception")).isFalse();
  }

  @Test
  void itTellsNoMoreThanText() throws Exception {
    JsonNode line =
        line(
            "ca.uhn.fhir.Parser",
            "Invalid value {}",
            new IllegalStateException("Mrs Meier"),
            "Mrs Meier");
    assertThat(line.toString()).doesNotContain("Meier");
    assertThat(line.path("message").asText()).isEqualTo("Invalid value {}");
    assertThat(line.path("exception").asText())
        .startsWith("java.lang.IllegalStateException\n    at ");
  }
}
