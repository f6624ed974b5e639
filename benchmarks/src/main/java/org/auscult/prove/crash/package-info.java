/**
 * The proof that no shown prediction is lost and none is doubled, however the process dies.
 *
 * <p>Read first: {@link org.auscult.prove.crash.CrashProof}.
 *
 * <p>Must not know: how journal and materialiser do it.
 */
@NullMarked
package org.auscult.prove.crash;

import org.jspecify.annotations.NullMarked;
