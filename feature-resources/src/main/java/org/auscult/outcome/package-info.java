/**
 * Outcomes: what a model predicts, and whether it came true for one patient.
 *
 * <p>Read first: {@link org.auscult.outcome.OutcomeDefinition}, then {@link
 * org.auscult.outcome.OutcomeLabeller}. One definition labels training data and what is monitored.
 *
 * <p>Must not know: FHIR structures, storage, models, the time of day.
 */
@NullMarked
package org.auscult.outcome;

import org.jspecify.annotations.NullMarked;
