/**
 * What figures are made of: labelled scores, numbers with gaps, categories.
 *
 * <p>Read first: {@link org.auscult.statistics.sample.LabelledScores}.
 *
 * <p>Must not know: FHIR, storage, files, the clock.
 */
@NullMarked
package org.auscult.statistics.sample;

import org.jspecify.annotations.NullMarked;
