package org.auscult.server.adjudication;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How often it is looked whether there are cases to choose and verdicts to report.
 *
 * @param interval between two looks
 */
@ConfigurationProperties("auscult.adjudication")
public record AdjudicationSettings(@DefaultValue("1h") Duration interval) {
  public AdjudicationSettings {
    if (interval.toSeconds() < 1 || interval.toDays() > 31) {
      throw new IllegalArgumentException(
          "auscult.adjudication.interval is " + interval + "; it takes 1s to 31d");
    }
  }
}
