/**
 * How well models do, window by window, as MeasureReports.
 *
 * <p>Read first: {@link org.auscult.server.performance.PerformanceRound}.
 *
 * <p>Must not know: cards, tokens.
 */
@NullMarked
package org.auscult.server.performance;

import org.jspecify.annotations.NullMarked;
