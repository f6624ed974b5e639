/**
 * Proves that features are what others compute: the same values as an independent program got from
 * the same data.
 *
 * <p>Read first: {@link org.auscult.prove.reference.ReferenceProof}. The other program and its
 * values lie in {@code benchmarks/reference}.
 *
 * <p>Must not know: how the product reads, stores or evaluates. It sees FHIR JSON over HTTP and
 * nothing else.
 */
@NullMarked
package org.auscult.prove.reference;

import org.jspecify.annotations.NullMarked;
