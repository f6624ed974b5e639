/**
 * Tables of order rules as they stand in the FHIR store.
 *
 * <p>Read first: {@link org.auscult.server.order.StoredOrderRules}.
 *
 * <p>Must not know: hooks, the journal.
 */
@NullMarked
package org.auscult.server.order;

import org.jspecify.annotations.NullMarked;
