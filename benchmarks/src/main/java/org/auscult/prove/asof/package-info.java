/**
 * Proves as-of truth: random histories, and a slow and obvious reference that says what each vector
 * must be.
 *
 * <p>Read first: {@link org.auscult.prove.asof.AsOfProof}, then {@link
 * org.auscult.prove.asof.Reference}.
 *
 * <p>Must not know: how the product reads, stores or evaluates. It sees FHIR JSON over HTTP and
 * nothing else.
 */
@NullMarked
package org.auscult.prove.asof;

import org.jspecify.annotations.NullMarked;
