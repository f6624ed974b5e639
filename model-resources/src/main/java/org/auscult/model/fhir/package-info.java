/**
 * Models and predictions as FHIR resources.
 *
 * <p>Read first: {@link org.auscult.model.fhir.PredictionModels} for what comes in, {@link
 * org.auscult.model.fhir.PredictionResources} for what goes out.
 *
 * <p>Must not know: storage, cards.
 */
@NullMarked
package org.auscult.model.fhir;

import org.jspecify.annotations.NullMarked;
