/**
 * Signatures of persons on versions of records, as 21 CFR Part 11 asks for them.
 *
 * <p>Read first: {@link org.auscult.server.signature.RecordSignatures}.
 *
 * <p>Must not know: what a signature permits, how a password is checked.
 */
@NullMarked
package org.auscult.server.signature;

import org.jspecify.annotations.NullMarked;
