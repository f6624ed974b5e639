/**
 * Whether scores are right as probabilities.
 *
 * <p>Read first: {@link org.auscult.statistics.calibration.Brier}.
 *
 * <p>Must not know: FHIR, storage, files, the clock.
 */
@NullMarked
package org.auscult.statistics.calibration;

import org.jspecify.annotations.NullMarked;
