/**
 * The compiled implementation guide on the class path.
 *
 * <p>Read first: {@link org.auscult.ig.Ig}.
 *
 * <p>Must not know: anything else; the sources are FSH in {@code input/fsh}.
 */
@NullMarked
package org.auscult.ig;

import org.jspecify.annotations.NullMarked;
