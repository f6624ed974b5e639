/**
 * The proof {@code fuzz}: broken requests at every public endpoint of a running server.
 *
 * <p>Read first: {@link org.auscult.prove.fuzz.FuzzProof}.
 *
 * <p>Must not know: the server's classes.
 */
@NullMarked
package org.auscult.prove.fuzz;

import org.jspecify.annotations.NullMarked;
