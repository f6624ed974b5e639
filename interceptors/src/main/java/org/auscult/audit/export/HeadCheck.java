package org.auscult.audit.export;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.auscult.audit.export.Finding.Kind;
import org.auscult.audit.head.HeadKeys;
import org.auscult.audit.head.SignedTreeHead;
import org.auscult.audit.tree.Frontier;
import org.auscult.audit.tree.Hash;
import org.jspecify.annotations.Nullable;

/** Whether a head in the file may be believed: its log, its signature, its order. */
final class HeadCheck {
  private final ExportHeader header;
  private final HeadKeys keys;
  private final Findings findings;
  private @Nullable SignedTreeHead last;
  private long valid;

  HeadCheck(ExportHeader header, HeadKeys keys, Findings findings) {
    this.header = header;
    this.keys = keys;
    this.findings = findings;
  }

  static Kind kind(HeadKeys.Check check) {
    return switch (check) {
      case UNKNOWN_KEY -> Kind.UNKNOWN_KEY;
      case BAD_SIGNATURE -> Kind.BAD_SIGNATURE;
      case KEY_NOT_IN_USE -> Kind.KEY_NOT_IN_USE;
      case VALID -> throw new IllegalArgumentException("Nothing is wrong with it");
    };
  }

  /** Whether this head is one of this log, signed by a key that is known. */
  boolean isValid(SignedTreeHead signed) {
    long size = signed.head().size();
    if (!signed.head().log().equals(header.log())) {
      findings.add(Kind.OTHER_LOG, size, "A head is of the log " + signed.head().log());
      return false;
    }
    HeadKeys.Check check = keys.check(signed);
    if (check != HeadKeys.Check.VALID) {
      findings.add(
          kind(check),
          size,
          "The head of " + size + " leaves, key " + signed.head().key() + ": " + check);
      return false;
    }
    checkOrder(signed);
    last = signed;
    valid++;
    return true;
  }

  private void checkOrder(SignedTreeHead signed) {
    if (last == null) {
      return;
    }
    Instant earliest = last.head().time().minus(HeadKeys.CLOCK_SLACK);
    if (signed.head().size() < last.head().size() || signed.head().time().isBefore(earliest)) {
      findings.add(
          Kind.BAD_HEAD,
          signed.head().size(),
          "A head stands behind one that is larger or later than it");
    }
  }

  /**
   * The tree at a valid head, by the edge beside it; empty if that does not give the head's root.
   */
  Optional<Frontier> anchor(SignedTreeHead signed, List<Hash> edge) {
    long size = signed.head().size();
    if (Long.bitCount(size) == edge.size()) {
      Frontier tree = Frontier.of(size, edge);
      if (tree.root().equals(signed.head().root())) {
        return Optional.of(tree);
      }
    }
    findings.add(Kind.BAD_HEAD, size, "The edge beside a head does not give the head's root");
    return Optional.empty();
  }

  /** How many were valid. */
  long count() {
    return valid;
  }

  /** The last valid one. */
  Optional<SignedTreeHead> last() {
    return Optional.ofNullable(last);
  }
}
