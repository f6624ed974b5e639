/**
 * Whether what models are given, and what they say, is as it was in a reference window.
 *
 * <p>Read first: {@link org.auscult.monitoring.drift.DriftReport}.
 *
 * <p>Must not know: FHIR, storage, the clock.
 */
@NullMarked
package org.auscult.monitoring.drift;

import org.jspecify.annotations.NullMarked;
