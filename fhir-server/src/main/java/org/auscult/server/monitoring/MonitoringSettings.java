package org.auscult.server.monitoring;

import java.time.Duration;
import org.auscult.monitoring.freshness.SilenceRule;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How often it is looked at what was served, and when a source counts as silent.
 *
 * @param interval between two looks
 * @param window how far back a sample is taken
 * @param sample predictions in a sample
 * @param silenceLeast a silence is never shorter
 * @param silenceFactor so many times its usual gap a source may be silent
 */
@ConfigurationProperties("auscult.monitoring")
public record MonitoringSettings(
    @DefaultValue("1h") Duration interval,
    @DefaultValue("24h") Duration window,
    @DefaultValue("200") int sample,
    @DefaultValue("2h") Duration silenceLeast,
    @DefaultValue("1.5") double silenceFactor) {
  public MonitoringSettings {
    if (interval.toSeconds() < 1 || interval.toDays() > 7) {
      throw new IllegalArgumentException(
          "auscult.monitoring.interval is " + interval + "; it takes 1s to 7d");
    }
    if (window.toMinutes() < 1 || window.toDays() > 365) {
      throw new IllegalArgumentException(
          "auscult.monitoring.window is " + window + "; it takes 1m to 365d");
    }
    if (sample < 1 || sample > MonitoringOperations.LARGEST_SAMPLE) {
      throw new IllegalArgumentException(
          "auscult.monitoring.sample is "
              + sample
              + "; it takes 1 to "
              + MonitoringOperations.LARGEST_SAMPLE);
    }
    if (silenceLeast.toHours() < 1 || silenceFactor < 1) {
      throw new IllegalArgumentException(
          "auscult.monitoring.silence-least takes at least 1h, and silence-factor at least 1");
    }
  }

  /** The rule that they make. */
  SilenceRule silence() {
    return new SilenceRule(silenceLeast, silenceFactor, SilenceRule.STANDARD.baseline());
  }
}
