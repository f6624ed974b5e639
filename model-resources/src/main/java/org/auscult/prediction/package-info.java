/**
 * Predictions: from a timeline to scores with reasons, and what the journal keeps of them.
 *
 * <p>Read first: {@link org.auscult.prediction.PredictionService}.
 *
 * <p>Must not know: FHIR structures, runtimes, storage, cards.
 */
@NullMarked
package org.auscult.prediction;

import org.jspecify.annotations.NullMarked;
