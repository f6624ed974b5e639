/**
 * The proof of the golden cases: our command on our suite, and on files that others spoilt.
 *
 * <p>Read first: {@link org.auscult.prove.golden.GoldenProof}.
 *
 * <p>Must not know: how the product makes a vector.
 */
@NullMarked
package org.auscult.prove.golden;

import org.jspecify.annotations.NullMarked;
