/**
 * Whether data look as they did in the reference.
 *
 * <p>Read first: {@link org.auscult.statistics.drift.NumericDrift}.
 *
 * <p>Must not know: FHIR, storage, files, the clock.
 */
@NullMarked
package org.auscult.statistics.drift;

import org.jspecify.annotations.NullMarked;
