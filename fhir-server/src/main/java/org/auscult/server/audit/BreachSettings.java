package org.auscult.server.audit;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What counts as a suspected breach, and until when it must be dealt with.
 *
 * @param deadline from when it was found: 60 days under HIPAA (45 CFR 164.404), 72 hours under the
 *     GDPR (Article 33)
 * @param refusals so many of one user or client within an hour
 * @param patients so many whom one user saw within a day
 * @param review an emergency access that nobody has reviewed after so long
 * @param interval how often the log is looked at
 */
@ConfigurationProperties("auscult.breach")
public record BreachSettings(
    @DefaultValue("60d") Duration deadline,
    @DefaultValue("50") int refusals,
    @DefaultValue("300") int patients,
    @DefaultValue("7d") Duration review,
    @DefaultValue("5m") Duration interval) {
  public BreachSettings {
    if (deadline.toHours() < 1 || deadline.toDays() > 60) {
      throw new IllegalArgumentException(
          "auscult.breach.deadline is " + deadline + "; it takes 1h to 60d");
    }
    if (refusals < 1 || patients < 1) {
      throw new IllegalArgumentException(
          "auscult.breach.refusals and auscult.breach.patients take at least 1");
    }
    if (review.toHours() < 1 || review.toDays() > 60) {
      throw new IllegalArgumentException(
          "auscult.breach.review is " + review + "; it takes 1h to 60d");
    }
    if (interval.toSeconds() < 1 || interval.toHours() > 1) {
      throw new IllegalArgumentException(
          "auscult.breach.interval is " + interval + "; it takes 1s to 1h");
    }
  }
}
