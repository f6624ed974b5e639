/**
 * Orders that a clinician is about to place, held against what the record says of the patient.
 *
 * <p>Read first: {@link org.auscult.order.OrderRules}, then {@link org.auscult.order.OrderFinding}.
 *
 * <p>Must not know: FHIR structures, runtimes, storage, cards.
 */
@NullMarked
package org.auscult.order;

import org.jspecify.annotations.NullMarked;
