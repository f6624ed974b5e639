/**
 * Intervals, tails of distributions, and chance that can be repeated.
 *
 * <p>Read first: {@link org.auscult.statistics.uncertainty.Proportion}.
 *
 * <p>Must not know: FHIR, storage, files, the clock.
 */
@NullMarked
package org.auscult.statistics.uncertainty;

import org.jspecify.annotations.NullMarked;
