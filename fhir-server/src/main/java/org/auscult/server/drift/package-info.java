/**
 * Whether models are given what they were given in a reference window, and why not, as
 * MeasureReports.
 *
 * <p>Read first: {@link org.auscult.server.drift.DriftRound}.
 *
 * <p>Must not know: cards, tokens.
 */
@NullMarked
package org.auscult.server.drift;

import org.jspecify.annotations.NullMarked;
