/**
 * Models: what goes in, what comes out, for whom it may speak.
 *
 * <p>Read first: {@link org.auscult.model.PredictionModel}.
 *
 * <p>Must not know: FHIR structures, runtimes, storage, cards.
 */
@NullMarked
package org.auscult.model;

import org.jspecify.annotations.NullMarked;
