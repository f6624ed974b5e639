/**
 * Brings what was served, and when sources were heard, to {@code org.auscult.monitoring}, and what
 * that finds to people.
 *
 * <p>Read first: {@link org.auscult.server.monitoring.MonitoringRound}.
 */
@NullMarked
package org.auscult.server.monitoring;

import org.jspecify.annotations.NullMarked;
