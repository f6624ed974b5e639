/**
 * How well a model did over a window of time: its scores held against what became of the patients.
 *
 * <p>Read first: {@link org.auscult.monitoring.performance.PerformanceReport}, {@link
 * org.auscult.monitoring.performance.ObservedPredictions}.
 *
 * <p>Must not know: FHIR structures, storage, the clock.
 */
@NullMarked
package org.auscult.monitoring.performance;

import org.jspecify.annotations.NullMarked;
