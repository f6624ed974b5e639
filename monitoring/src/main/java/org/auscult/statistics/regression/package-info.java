/**
 * How far predicted quantities lie off.
 *
 * <p>Read first: {@link org.auscult.statistics.regression.ResidualMetrics}.
 *
 * <p>Must not know: FHIR, storage, files, the clock.
 */
@NullMarked
package org.auscult.statistics.regression;

import org.jspecify.annotations.NullMarked;
