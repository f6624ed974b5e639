/**
 * Tree heads: what the log was at one moment, signed, and the public keys that verify it.
 *
 * <p>Read first: {@link org.auscult.audit.head.SignedTreeHead}.
 *
 * <p>Must not know: where private keys are kept, clocks.
 */
@NullMarked
package org.auscult.audit.head;

import org.jspecify.annotations.NullMarked;
