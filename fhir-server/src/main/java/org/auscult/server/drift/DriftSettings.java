package org.auscult.server.drift;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How drift is looked for.
 *
 * @param interval between two looks; what has not changed costs a query for each window
 * @param referenceWeeks full weeks at the beginning of a model's service that are its reference, if
 *     they have a hundred patients; else as many more as it takes
 */
@ConfigurationProperties("auscult.drift")
public record DriftSettings(
    @DefaultValue("1h") Duration interval, @DefaultValue("4") int referenceWeeks) {
  public DriftSettings {
    if (interval.toSeconds() < 1 || interval.toDays() > 31) {
      throw new IllegalArgumentException(
          "auscult.drift.interval is " + interval + "; it takes 1s to 31d");
    }
    if (referenceWeeks < 1 || referenceWeeks > 52) {
      throw new IllegalArgumentException(
          "auscult.drift.reference-weeks is " + referenceWeeks + "; it takes 1 to 52");
    }
  }
}
