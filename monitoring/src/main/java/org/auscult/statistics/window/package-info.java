/**
 * Figures over time: rows with their time, by windows of the calendar and as a stream.
 *
 * <p>Read first: {@link org.auscult.statistics.window.Window}.
 *
 * <p>Must not know: FHIR, storage, files, the clock.
 */
@NullMarked
package org.auscult.statistics.window;

import org.jspecify.annotations.NullMarked;
