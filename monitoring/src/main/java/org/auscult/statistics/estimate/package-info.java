/**
 * What every figure carries: its definition, its n, an interval, or why there is none.
 *
 * <p>Read first: {@link org.auscult.statistics.estimate.Estimate}.
 *
 * <p>Must not know: FHIR, storage, files, the clock.
 */
@NullMarked
package org.auscult.statistics.estimate;

import org.jspecify.annotations.NullMarked;
