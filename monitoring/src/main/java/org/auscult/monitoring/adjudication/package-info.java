/**
 * People who look at what was labelled by rule: which cases are chosen, what follows from their
 * judgements, and how good labels are by them.
 *
 * <p>Read first: {@link org.auscult.monitoring.adjudication.Choice}, {@link
 * org.auscult.monitoring.adjudication.Adjudication}.
 *
 * <p>Must not know: FHIR structures, storage, the clock.
 */
@NullMarked
package org.auscult.monitoring.adjudication;

import org.jspecify.annotations.NullMarked;
