/**
 * CDS Hooks 2.0: what a service offers and what a card is.
 *
 * <p>Read first: {@link org.auscult.cds.Card}.
 *
 * <p>Must not know: HTTP, FHIR structures, storage, how a prediction is made.
 */
@NullMarked
package org.auscult.cds;

import org.jspecify.annotations.NullMarked;
