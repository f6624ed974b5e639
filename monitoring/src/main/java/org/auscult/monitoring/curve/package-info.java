/**
 * The curves of a window's scores, as far as they tell of nobody.
 *
 * <p>Read first: {@link org.auscult.monitoring.curve.ScoreCurves}.
 *
 * <p>Must not know: how a curve is drawn, FHIR structures, storage.
 */
@NullMarked
package org.auscult.monitoring.curve;

import org.jspecify.annotations.NullMarked;
