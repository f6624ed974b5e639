package org.auscult.server.audit;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What an operator may set of the audit log; it cannot be switched off.
 *
 * @param emergencyReads whether data may be read while leaves go to this node's spool alone (safety
 *     rule 22)
 * @param headInterval a head is signed this often, if there is anything new
 */
@ConfigurationProperties("auscult.audit")
public record AuditSettings(
    @DefaultValue("false") boolean emergencyReads, @DefaultValue("60s") Duration headInterval) {
  public AuditSettings {
    if (headInterval.toSeconds() < 1 || headInterval.toDays() > 1) {
      throw new IllegalArgumentException(
          "auscult.audit.head-interval is " + headInterval + "; it takes 1s to 1d");
    }
  }
}
