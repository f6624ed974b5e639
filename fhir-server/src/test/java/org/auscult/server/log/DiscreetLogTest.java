package org.auscult.server.log;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.encoder.Encoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Through the encoder of the server's own configuration. */
class DiscreetLogTest {
  private final LoggerContext context = new LoggerContext();
  private Encoder<ILoggingEvent> encoder;

  @BeforeEach
  void configure() throws Exception {
    JoranConfigurator configurator = new JoranConfigurator();
    configurator.setContext(context);
    context.putProperty("format", "text");
    configurator.doConfigure(
        DiscreetLogTest.class.getClassLoader().getResource("logback-spring.xml"));
    encoder =
        ((ConsoleAppender<ILoggingEvent>) context.getLogger("ROOT").getAppender("console"))
            .getEncoder();
  }

  @Test
  void libraryLineIsItsTemplate() {
    String line = line("ca.uhn.fhir.Parser", "Invalid value {} at {}", null, "Mrs Meier", 7);

    assertThat(line).contains("Invalid value {} at {}", "WARN").doesNotContain("Meier", "7\n");
  }

  @Test
  void ownLineIsWhole() {
    assertThat(line("org.auscult.server.Boot", "Ready on port {}", null, 8080))
        .contains("Ready on port 8080");
  }

  @Test
  void aLineStaysOneLineWhateverIsInIt() {
    String forged =
        "7\r\n2026-01-01T00:00:00.000Z INFO org.auscult.Audit - all is well\u001b[2J\u2028";

    for (String logger : List.of("org.auscult.server.Boot", "ca.uhn.fhir.Parser")) {
      String line = line(logger, "Refused " + forged + " of {}", null, forged);

      assertThat(line.strip().lines()).hasSize(1);
      assertThat(line.strip())
          .doesNotContainPattern("[\\p{Cntrl}\u2028]")
          .contains("Refused 7??2026");
    }
  }

  @Test
  void throwableIsClassesAndFrames() {
    Exception cause = new IllegalArgumentException("key (name)=(Meier) exists");
    Exception thrown = new IllegalStateException("cannot store Meier", cause);

    String line = line("org.auscult.server.Boot", "Failed", thrown);

    assertThat(line)
        .contains(
            IllegalStateException.class.getName(),
            "caused by " + IllegalArgumentException.class.getName(),
            "at " + DiscreetLogTest.class.getName())
        .doesNotContain("Meier");
  }

  private String line(String logger, String message, @Nullable Throwable thrown, Object... values) {
    LoggingEvent event =
        new LoggingEvent("", context.getLogger(logger), Level.WARN, message, thrown, values);
    return new String(encoder.encode(event), StandardCharsets.UTF_8);
  }
}
