/**
 * Masks FHIR R4 resources by a list of the elements that pass; all else is dropped and counted.
 *
 * <p>Read first: {@link org.auscult.deidentification.fhir.ResourceMasker}, then {@code
 * elements.txt}.
 *
 * <p>Must not know: files, how a map is encrypted, who asks.
 */
@NullMarked
package org.auscult.deidentification.fhir;

import org.jspecify.annotations.NullMarked;
