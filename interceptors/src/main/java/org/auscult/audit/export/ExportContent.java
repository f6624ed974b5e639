package org.auscult.audit.export;

import java.util.List;
import org.auscult.audit.head.SignedTreeHead;
import org.auscult.audit.tree.Hash;

/** Told what stands in an export, line by line. */
public interface ExportContent {
  /**
   * A leaf.
   *
   * @param index as the line says it
   */
  void leaf(long index, byte[] leaf);

  /**
   * A signed head, and the tree's edge beside it; neither is verified.
   *
   * @param edge as the line says it
   */
  void head(SignedTreeHead head, List<Hash> edge);

  /** The last line. */
  void end(long size);

  /**
   * A line that is none of these, or that breaks off.
   *
   * @param line its number in the file, from 1
   */
  void unreadable(long line, String why);
}
