/**
 * Whether a figure that is told again and again, or a stream of errors, has left its course.
 *
 * <p>Read first: {@link org.auscult.statistics.series.ControlLimits}.
 *
 * <p>Must not know: FHIR, storage, files, the clock.
 */
@NullMarked
package org.auscult.statistics.series;

import org.jspecify.annotations.NullMarked;
