package org.auscult.audit.export;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import org.auscult.audit.export.Finding.Kind;
import org.auscult.audit.head.HeadKeys;
import org.auscult.audit.head.SignedTreeHead;
import org.auscult.audit.tree.Frontier;
import org.auscult.audit.tree.Hash;
import org.jspecify.annotations.Nullable;

/**
 * Verifies an exported log offline: whether any leaf was changed, removed, reordered or inserted
 * since it was signed.
 *
 * <p>Idea: the tree is built anew from the leaves, and at each signed head its root is compared.
 * Beside each head stands the tree's edge, which the head's root binds; so the verifier goes on
 * from there, and every part between two heads is judged by itself: a part that was altered does
 * not hide the state of the others, and where it is, is known to the part. The chains within point
 * at leaves.
 *
 * <p>What it cannot know by the file alone: that the keys are the log's own ({@code keys} brings
 * them), and that the whole log was not rewritten, or cut off at an earlier head, and signed anew
 * by who holds the keys ({@code trusted} brings heads that were kept elsewhere).
 *
 * <p>Memory: independent of the number of leaves. Source: RFC 6962 section 2.1; RFC 9162 section
 * 2.1.2.
 *
 * @param keys by which heads are verified; null takes those in the file
 * @param trusted heads kept elsewhere
 * @param mostFindings how many findings are kept
 */
public record AuditVerifier(
    @Nullable HeadKeys keys, List<SignedTreeHead> trusted, int mostFindings) {
  public AuditVerifier {
    trusted = List.copyOf(trusted);
  }

  /**
   * Verifies a file.
   *
   * @throws UnreadableExportException if it is no export
   */
  public Verification verify(InputStream file) throws IOException {
    LogExportReader reader = LogExportReader.open(file);
    Run run = new Run(reader.header());
    reader.read(run);
    return run.result();
  }

  /** One verification. */
  private final class Run implements ExportContent {
    private final ExportHeader header;
    private final Findings findings = new Findings(mostFindings);
    private final ChainCheck chains;
    private final HeadCheck heads;
    private final TrustedHeads kept;
    private Frontier tree;
    private long next;
    private long leaves;
    private long covered;
    private boolean isEnded;

    Run(ExportHeader header) {
      HeadKeys believed = keys == null ? header.keys() : keys;
      this.header = header;
      this.chains = new ChainCheck(header.first() == 0, findings);
      this.heads = new HeadCheck(header, believed, findings);
      this.kept = new TrustedHeads(trusted, header, believed, findings);
      this.tree = header.tree();
      this.next = header.first();
      this.covered = header.first();
      kept.at(tree);
    }

    @Override
    public void leaf(long index, byte[] leaf) {
      mustNotBeEnded(index);
      checkIndex(index);
      Hash hash = Hash.ofLeaf(leaf);
      chains.leaf(index, leaf, hash);
      tree.add(hash);
      kept.at(tree);
      leaves++;
    }

    /** One finding for each break in the sequence, however long what follows it. */
    private void checkIndex(long index) {
      if (index > next) {
        missing(index);
      } else if (index < next) {
        findings.add(Kind.OUT_OF_ORDER, index, "Comes again, or too late: after " + (next - 1));
      }
      next = index + 1;
    }

    private void missing(long until) {
      findings.add(
          Kind.MISSING, next, "Leaves " + next + " to " + (until - 1) + " are not in the file");
    }

    @Override
    public void head(SignedTreeHead signed, List<Hash> edge) {
      long size = signed.head().size();
      mustNotBeEnded(size);
      if (!heads.isValid(signed)) {
        return;
      }
      if (size > next) {
        missing(size);
      }
      if (tree.size() != size || !tree.root().equals(signed.head().root())) {
        altered(signed);
      }
      Optional<Frontier> anchor = heads.anchor(signed, edge);
      if (anchor.isPresent()) {
        tree = anchor.get();
        next = size;
        kept.at(tree);
      }
      covered = Math.max(covered, size);
    }

    private void altered(SignedTreeHead signed) {
      long size = signed.head().size();
      if (size > covered) {
        findings.add(
            Kind.ALTERED,
            covered,
            "The leaves from "
                + covered
                + " to "
                + (size - 1)
                + " are not those that were signed at "
                + signed.head().time());
      } else {
        findings.add(
            Kind.BAD_HEAD,
            size,
            "A head of " + size + " leaves is not that of the tree up to there");
      }
    }

    @Override
    public void end(long size) {
      mustNotBeEnded(size);
      isEnded = true;
      if (size != header.size()) {
        findings.add(Kind.TRUNCATED, size, "The end is not where the header says");
      }
    }

    @Override
    public void unreadable(long line, String why) {
      findings.add(Kind.UNREADABLE, next, "Line " + line + ": " + why);
    }

    private void mustNotBeEnded(long index) {
      if (isEnded) {
        findings.add(Kind.OUT_OF_ORDER, index, "Stands behind the end");
      }
    }

    Verification result() {
      if (!isEnded) {
        findings.add(Kind.TRUNCATED, next, "The file has no end: it was cut off");
      }
      if (next < header.size()) {
        missing(header.size());
      }
      if (covered < Math.max(next, header.size())) {
        findings.add(
            Kind.NOT_COVERED, covered, "No valid signed head covers the leaves from " + covered);
      }
      kept.end(next);
      return new Verification(
          header, leaves, heads.count(), heads.last(), findings.first(), findings.count());
    }
  }
}
