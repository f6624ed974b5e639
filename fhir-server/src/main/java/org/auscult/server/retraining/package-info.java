/**
 * Asks people to train models again, by plans.
 *
 * <p>Read first: {@link org.auscult.server.retraining.RetrainingRound}.
 *
 * <p>Must not know: hooks, how a model is trained.
 */
@NullMarked
package org.auscult.server.retraining;

import org.jspecify.annotations.NullMarked;
