/**
 * Whether rows of many variables look as they did in the reference, taken together.
 *
 * <p>Read first: {@link org.auscult.statistics.multivariate.MeanDiscrepancy}.
 *
 * <p>Must not know: FHIR, storage, files, the clock.
 */
@NullMarked
package org.auscult.statistics.multivariate;

import org.jspecify.annotations.NullMarked;
