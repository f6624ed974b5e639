/**
 * Whether a card is shown or withheld, so that the cards that are shown are still read (safety rule
 * 24).
 *
 * <p>Read first: {@link org.auscult.display.DisplayPolicy}.
 *
 * <p>Must not know: models, FHIR structures, storage, what a card looks like.
 */
@NullMarked
package org.auscult.display;

import org.jspecify.annotations.NullMarked;
