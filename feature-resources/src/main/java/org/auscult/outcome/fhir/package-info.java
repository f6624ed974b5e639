/**
 * Outcome definitions and labels as FHIR resources.
 *
 * <p>Read first: {@link org.auscult.outcome.fhir.OutcomeDefinitions}.
 *
 * <p>Must not know: storage, models.
 */
@NullMarked
package org.auscult.outcome.fhir;

import org.jspecify.annotations.NullMarked;
