/**
 * What a caller sends along: prefetched FHIR resources, read into facts.
 *
 * <p>Read first: {@link org.auscult.cds.fhir.PrefetchReader}.
 *
 * <p>Must not know: Spring, services, cards, storage.
 */
@NullMarked
package org.auscult.cds.fhir;

import org.jspecify.annotations.NullMarked;
