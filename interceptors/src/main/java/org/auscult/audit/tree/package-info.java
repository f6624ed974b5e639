/**
 * The Merkle tree of RFC 6962 over a log of any length: append, roots and proofs, each with O(log
 * n) hashes.
 *
 * <p>Read first: {@link org.auscult.audit.tree.Frontier}.
 *
 * <p>Must not know: what a leaf says, how hashes are stored, who signs.
 */
@NullMarked
package org.auscult.audit.tree;

import org.jspecify.annotations.NullMarked;
