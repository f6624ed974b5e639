package org.auscult.server.audit;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What an operator may set of the audit log; it cannot be switched off.
 *
 * @param emergencyReads whether data may be read while leaves go to this node's spool alone (safety
 *     rule 22)
 * @param headInterval a head is signed this often, if there is anything new
 * @param retention how long leaves stay in the database before they may be archived; archives are
 *     kept as long as their operator keeps them
 * @param archiveDir where archives are written and looked for; null for a folder in the data's
 */
@ConfigurationProperties("auscult.audit")
public record AuditSettings(
    @DefaultValue("false") boolean emergencyReads,
    @DefaultValue("60s") Duration headInterval,
    @DefaultValue("2557d") Duration retention,
    @Nullable Path archiveDir) {
  private static final int LONGEST_DAYS = 36_525;

  public AuditSettings {
    if (headInterval.toSeconds() < 1 || headInterval.toDays() > 1) {
      throw new IllegalArgumentException(
          "auscult.audit.head-interval is " + headInterval + "; it takes 1s to 1d");
    }
    if (retention.toSeconds() < 1 || retention.toDays() > LONGEST_DAYS) {
      throw new IllegalArgumentException(
          "auscult.audit.retention is " + retention + "; it takes 1s to " + LONGEST_DAYS + "d");
    }
  }
}
