package org.auscult.server.retraining;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How retraining is watched.
 *
 * @param interval between two looks at the plans
 */
@ConfigurationProperties("auscult.retraining")
public record RetrainingSettings(@DefaultValue("1h") Duration interval) {
  public RetrainingSettings {
    if (interval.toSeconds() < 1 || interval.toDays() > 31) {
      throw new IllegalArgumentException(
          "auscult.retraining.interval is " + interval + "; it takes 1s to 31d");
    }
  }
}
