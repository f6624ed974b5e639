/**
 * The proof that the running server answers as the policy's table says, in every cell.
 *
 * <p>Read first: {@link org.auscult.prove.policy.PolicyProof}.
 *
 * <p>Must not know: how the server decides; of its code only the policy itself is asked, as the
 * first of two evaluators.
 */
@NullMarked
package org.auscult.prove.policy;

import org.jspecify.annotations.NullMarked;
