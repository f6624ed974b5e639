package org.auscult.server.alert;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How people are told what monitoring finds.
 *
 * @param interval between two looks at the rules
 * @param budget so many Tasks of warnings are opened within seven days for each site, 0 or more;
 *     critical ones are neither counted nor held back
 * @param escalation after so long without acknowledgement a Task becomes more urgent, unless its
 *     rule says otherwise
 */
@ConfigurationProperties("auscult.alerts")
public record AlertSettings(
    @DefaultValue("1h") Duration interval,
    @DefaultValue("10") int budget,
    @DefaultValue("24h") Duration escalation) {
  public AlertSettings {
    if (interval.toSeconds() < 1 || interval.toDays() > 31) {
      throw new IllegalArgumentException(
          "auscult.alerts.interval is " + interval + "; it takes 1s to 31d");
    }
    if (budget < 0) {
      throw new IllegalArgumentException(
          "auscult.alerts.budget is " + budget + "; it takes 0 or more");
    }
    if (escalation.toSeconds() < 1) {
      throw new IllegalArgumentException(
          "auscult.alerts.escalation is " + escalation + "; it takes 1s or more");
    }
  }
}
