/**
 * How old the evidence was that was served, and which sources have fallen silent.
 *
 * <p>Read first: {@link org.auscult.monitoring.freshness.SilenceRule}, {@link
 * org.auscult.monitoring.freshness.EvidenceAges}.
 *
 * <p>Must not know: FHIR structures, storage, how an alarm reaches people.
 */
@NullMarked
package org.auscult.monitoring.freshness;

import org.jspecify.annotations.NullMarked;
