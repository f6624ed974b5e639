/**
 * Plots as SVG, and the text of a page: pure functions of what is drawn, the same everywhere.
 *
 * <p>Read first: {@link org.auscult.monitoring.plot.Plot}, {@link
 * org.auscult.monitoring.plot.Markup}.
 *
 * <p>Must not know: a locale, a clock, FHIR structures, scripts.
 */
@NullMarked
package org.auscult.monitoring.plot;

import org.jspecify.annotations.NullMarked;
