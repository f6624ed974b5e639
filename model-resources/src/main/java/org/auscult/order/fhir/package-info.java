/**
 * Tables of order rules as FHIR resources.
 *
 * <p>Read first: {@link org.auscult.order.fhir.OrderRuleTables}.
 *
 * <p>Must not know: storage, cards.
 */
@NullMarked
package org.auscult.order.fhir;

import org.jspecify.annotations.NullMarked;
