/**
 * Proves that the server says of predictions what became of them: in time, late, corrected and
 * never; on several nodes; and however it is killed.
 *
 * <p>Read first: {@link org.auscult.prove.outcomes.OutcomesProof}.
 *
 * <p>Must not know: how the server labels.
 */
@NullMarked
package org.auscult.prove.outcomes;

import org.jspecify.annotations.NullMarked;
