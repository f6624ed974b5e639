package org.auscult.audit.export;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.auscult.audit.export.Finding.Kind;
import org.auscult.audit.head.HeadKeys;
import org.auscult.audit.head.SignedTreeHead;
import org.auscult.audit.tree.Frontier;

/** Heads that the auditor kept: the log must have grown out of each of them. */
final class TrustedHeads {
  private final TreeMap<Long, List<SignedTreeHead>> bySize = new TreeMap<>();
  private final Findings findings;

  TrustedHeads(List<SignedTreeHead> heads, ExportHeader header, HeadKeys keys, Findings findings) {
    this.findings = findings;
    for (SignedTreeHead head : heads) {
      if (isUsable(head, header, keys)) {
        bySize.computeIfAbsent(head.head().size(), size -> new ArrayList<>()).add(head);
      }
    }
  }

  private boolean isUsable(SignedTreeHead head, ExportHeader header, HeadKeys keys) {
    long size = head.head().size();
    if (!head.head().log().equals(header.log())) {
      findings.add(Kind.OTHER_LOG, size, "The head given is of the log " + head.head().log());
      return false;
    }
    HeadKeys.Check check = keys.check(head);
    if (check != HeadKeys.Check.VALID) {
      findings.add(HeadCheck.kind(check), size, "The head given, of " + size + " leaves: " + check);
      return false;
    }
    if (size < header.first()) {
      findings.add(
          Kind.HEAD_OUTSIDE,
          size,
          "The head given is of " + size + " leaves, but this file begins at " + header.first());
      return false;
    }
    return true;
  }

  /** Compares those of the tree's size. */
  void at(Frontier tree) {
    List<SignedTreeHead> heads = bySize.remove(tree.size());
    if (heads != null && heads.stream().anyMatch(h -> !h.head().root().equals(tree.root()))) {
      findings.add(
          Kind.REWRITTEN,
          tree.size(),
          "The first "
              + tree.size()
              + " leaves are not those of which the head given was signed: the log was rewritten");
    }
  }

  /** Those that were never met: of more leaves than the file has, or within an altered part. */
  void end(long size) {
    for (long unmet : bySize.keySet()) {
      findings.add(
          Kind.REWRITTEN,
          Math.min(unmet, size),
          unmet > size
              ? "The head given was signed of "
                  + unmet
                  + " leaves, but this file ends at "
                  + size
                  + ": leaves were cut off, or the file was exported before"
              : "The head given, of " + unmet + " leaves, lies within an altered part");
    }
  }
}
