package org.auscult.audit.export;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.auscult.audit.AuditLeaf.ChainPlace;
import org.auscult.audit.ChainLink;
import org.auscult.audit.export.Finding.Kind;
import org.auscult.audit.tree.Hash;
import org.jspecify.annotations.Nullable;

/**
 * Follows each chain through the log. It points at single leaves, where a head only tells that
 * something in its range is wrong.
 *
 * <p>Memory: one entry for each chain, so for each start of a node times its transactions in
 * flight; not for each leaf.
 */
final class ChainCheck {
  private final boolean isWholeLog;
  private final Findings findings;
  private final Map<String, Last> chains = new HashMap<>();

  /**
   * @param isWholeLog whether the file begins with the log; else a chain's beginning may lie before
   *     it
   */
  ChainCheck(boolean isWholeLog, Findings findings) {
    this.isWholeLog = isWholeLog;
    this.findings = findings;
  }

  private record Last(long sequence, Hash hash, Instant recorded, long index) {}

  void leaf(long index, byte[] leaf, Hash hash) {
    ChainPlace place;
    try {
      place = ChainPlace.read(leaf);
    } catch (IllegalArgumentException e) {
      findings.add(Kind.UNREADABLE, index, "This is no audit leaf: " + e.getMessage());
      return;
    }
    ChainLink link = place.link();
    Last last = chains.get(link.chain());
    checkPlace(index, link, last);
    if (last != null && place.recorded().isBefore(last.recorded())) {
      findings.add(
          Kind.TIME_BACKWARDS,
          index,
          "Recorded at " + place.recorded() + ", before leaf " + last.index() + " of its chain");
    }
    if (last == null || link.sequence() > last.sequence()) {
      chains.put(link.chain(), new Last(link.sequence(), hash, place.recorded(), index));
    }
  }

  private void checkPlace(long index, ChainLink link, @Nullable Last last) {
    if (last == null) {
      if (isWholeLog && link.sequence() > 1) {
        gap(index, link, 1);
      }
    } else if (link.sequence() <= last.sequence()) {
      findings.add(
          Kind.CHAIN_REPEATED,
          index,
          "Chain "
              + link.chain()
              + " has its place "
              + link.sequence()
              + " again, or too late: a leaf was inserted, doubled or moved");
    } else if (link.sequence() > last.sequence() + 1) {
      gap(index, link, last.sequence() + 1);
    } else if (!link.previous().equals(last.hash())) {
      findings.add(
          Kind.CHAIN_BROKEN,
          index,
          "Not written after leaf "
              + last.index()
              + " of its chain as that stands here: one of the two was changed");
    }
  }

  private void gap(long index, ChainLink link, long expected) {
    findings.add(
        Kind.CHAIN_GAP,
        index,
        "Chain "
            + link.chain()
            + " has no "
            + (link.sequence() - 1 == expected
                ? "place " + expected
                : "places " + expected + " to " + (link.sequence() - 1))
            + " before this: leaves were removed or moved, here or before they had an index");
  }
}
