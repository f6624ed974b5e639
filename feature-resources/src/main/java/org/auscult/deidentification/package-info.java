/**
 * What may leave of a record when its persons must not be known: profiles, dates, ages, ZIP codes,
 * pseudonyms, and how many persons share what is left (safety rule 33).
 *
 * <p>Read first: {@link org.auscult.deidentification.Profile}.
 *
 * <p>Must not know: FHIR, files, how a map is encrypted, who asks.
 */
@NullMarked
package org.auscult.deidentification;

import org.jspecify.annotations.NullMarked;
