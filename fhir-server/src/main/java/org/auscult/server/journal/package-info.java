/**
 * The prediction journal, and the materialiser that makes FHIR resources of it.
 *
 * <p>Read first: {@link org.auscult.server.journal.JdbcPredictionJournal}, then {@link
 * org.auscult.server.journal.Materialiser}.
 *
 * <p>Must not know: hooks, cards, how a prediction is made.
 */
@NullMarked
package org.auscult.server.journal;

import org.jspecify.annotations.NullMarked;
