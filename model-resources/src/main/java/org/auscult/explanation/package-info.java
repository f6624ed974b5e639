/**
 * Explanations: which input moved the margin by how much, exactly.
 *
 * <p>Read first: {@link org.auscult.explanation.Explanation}.
 *
 * <p>Must not know: FHIR structures, runtimes, storage, cards.
 */
@NullMarked
package org.auscult.explanation;

import org.jspecify.annotations.NullMarked;
