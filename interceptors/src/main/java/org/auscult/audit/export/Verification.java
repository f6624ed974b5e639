package org.auscult.audit.export;

import java.util.List;
import java.util.Optional;
import org.auscult.audit.head.SignedTreeHead;

/**
 * What came of verifying a file.
 *
 * @param header as the file says it
 * @param leaves how many were read
 * @param heads how many signed heads hold, of those in the file
 * @param last the last of them, which a later verification can be given; empty if none holds
 * @param findings the first of them, in the order in which they were met
 * @param found how many there are in all
 */
public record Verification(
    ExportHeader header,
    long leaves,
    long heads,
    Optional<SignedTreeHead> last,
    List<Finding> findings,
    long found) {
  public Verification {
    findings = List.copyOf(findings);
  }

  /** Whether nothing is wrong. */
  public boolean isIntact() {
    return found == 0;
  }
}
