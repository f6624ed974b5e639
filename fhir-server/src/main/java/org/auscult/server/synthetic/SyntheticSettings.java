package org.auscult.server.synthetic;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How often a service is asked about a synthetic patient.
 *
 * @param interval between two requests of one service; 0 for never
 */
@ConfigurationProperties("auscult.synthetic")
public record SyntheticSettings(@DefaultValue("1h") Duration interval) {
  /** So often it is looked at which services are due: another deployment is asked at once. */
  private static final Duration MINUTE = Duration.ofMinutes(1);

  public SyntheticSettings {
    if (!interval.isZero() && (interval.toSeconds() < 1 || interval.toDays() > 7)) {
      throw new IllegalArgumentException(
          "auscult.synthetic.interval is " + interval + "; it takes 1s to 7d, or 0 for never");
    }
  }

  /** Whether nobody is to be asked. */
  boolean isNever() {
    return interval.isZero();
  }

  /** How often it is looked at which services are due. */
  Duration looks() {
    return isNever() || interval.compareTo(MINUTE) > 0 ? MINUTE : interval;
  }
}
