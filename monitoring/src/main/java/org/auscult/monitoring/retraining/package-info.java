/**
 * When a model is to be trained again, and on what.
 *
 * <p>Read first: {@link org.auscult.monitoring.retraining.RetrainingPlan}.
 *
 * <p>Must not know: FHIR, databases. Reads no clock: times are given.
 */
@NullMarked
package org.auscult.monitoring.retraining;

import org.jspecify.annotations.NullMarked;
