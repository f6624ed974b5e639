package org.auscult.server.outcome;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How predictions are labelled.
 *
 * @param interval between two looks at what was written and what is due
 */
@ConfigurationProperties("auscult.outcomes")
public record OutcomeSettings(@DefaultValue("2s") Duration interval) {
  public OutcomeSettings {
    if (interval.toMillis() < 100 || interval.toHours() > 24) {
      throw new IllegalArgumentException(
          "auscult.outcomes.interval is " + interval + "; it takes 100ms to 24h");
    }
  }
}
