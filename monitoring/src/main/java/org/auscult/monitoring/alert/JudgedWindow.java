package org.auscult.monitoring.alert;

/**
 * A window whose figure was held against its limits.
 *
 * @param limits between which the value would be in order; of cumulative sums the mean, since no
 *     single value breaches
 */
public record JudgedWindow(FigurePoint point, Limits limits, boolean isBreach) {}
