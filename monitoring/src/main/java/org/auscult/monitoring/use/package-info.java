/**
 * What clinicians did with cards: whether they were asked too often, whether they answered, and
 * whether their answers hung on the prediction being right.
 *
 * <p>Read first: {@link org.auscult.monitoring.use.UseReport}, {@link
 * org.auscult.monitoring.use.AskedCall}.
 *
 * <p>Must not know: FHIR structures, storage, the clock.
 */
@NullMarked
package org.auscult.monitoring.use;

import org.jspecify.annotations.NullMarked;
