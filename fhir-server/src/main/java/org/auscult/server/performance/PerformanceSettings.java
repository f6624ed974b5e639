package org.auscult.server.performance;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How often it is looked at how well models do.
 *
 * @param interval between two looks; what has not changed costs a query for each window
 */
@ConfigurationProperties("auscult.performance")
public record PerformanceSettings(@DefaultValue("1h") Duration interval) {
  public PerformanceSettings {
    if (interval.toSeconds() < 1 || interval.toDays() > 31) {
      throw new IllegalArgumentException(
          "auscult.performance.interval is " + interval + "; it takes 1s to 31d");
    }
  }
}
