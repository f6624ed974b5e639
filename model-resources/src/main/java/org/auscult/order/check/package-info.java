/**
 * Holds drug orders against a patient's kidneys (safety rule 13).
 *
 * <p>Read first: {@link org.auscult.order.check.OrderCheckService}.
 *
 * <p>Must not know: FHIR structures, runtimes, storage, cards.
 */
@NullMarked
package org.auscult.order.check;

import org.jspecify.annotations.NullMarked;
