/**
 * Asks each service on offer about a patient who does not exist, so that its people hear of a
 * service that cannot answer before clinicians miss its cards.
 *
 * <p>Read first: {@link org.auscult.server.synthetic.SyntheticRound}.
 *
 * <p>Must not know: what real patients' records say.
 */
@NullMarked
package org.auscult.server.synthetic;

import org.jspecify.annotations.NullMarked;
