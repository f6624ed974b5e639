/**
 * What reports say, as metrics for Prometheus.
 *
 * <p>Read first: {@link org.auscult.server.metrics.ReportMetrics}.
 *
 * <p>Must not know: how reports are worked out.
 */
@NullMarked
package org.auscult.server.metrics;

import org.jspecify.annotations.NullMarked;
