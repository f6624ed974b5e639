/**
 * What clinicians do with cards: which could be shown, which were, what was said to them, and
 * whether that hung on the prediction being right.
 *
 * <p>Read first: {@link org.auscult.server.use.CardLedger}, which hears of calls and answers;
 * {@link org.auscult.server.use.UseRound}, which writes the reports.
 *
 * <p>Must not know: how cards are made.
 */
@NullMarked
package org.auscult.server.use;

import org.jspecify.annotations.NullMarked;
