package org.auscult.server.alert;

import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.auscult.monitoring.finding.FindingKind;

/**
 * By what findings go together into one issue: all outputs, groups and windows of it are in there.
 *
 * @param rule that found it: {@code url|version}, or a word for what is no alert rule
 * @param about {@code url|version} of the model, or what else it is about
 * @param site whose people are told; empty if it is no single site's
 */
public record IssueKey(FindingKind kind, String rule, String about, String site) {
  /** The id of the issue: the same for the same key, on every node. */
  public String id() {
    return "alert-"
        + UUID.nameUUIDFromBytes(
            String.join("\n", kind.code(), rule, about, site).getBytes(StandardCharsets.UTF_8));
  }
}
