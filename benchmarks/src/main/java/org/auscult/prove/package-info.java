/**
 * Proofs: each measures one claim of the project and says whether it holds.
 *
 * <p>Read first: {@link org.auscult.prove.Proof}, then {@link org.auscult.prove.Prove}.
 *
 * <p>Must not know: how the product does what is proved; it drives it from outside.
 */
@NullMarked
package org.auscult.prove;

import org.jspecify.annotations.NullMarked;
