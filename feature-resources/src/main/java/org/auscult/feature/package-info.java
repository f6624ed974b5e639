/**
 * Features: definitions, and their values for one patient as of one time.
 *
 * <p>Read first: {@link org.auscult.feature.FeatureDefinition}, then {@link
 * org.auscult.feature.FeatureEvaluator}.
 *
 * <p>Must not know: FHIR structures, storage, models, the time of day.
 */
@NullMarked
package org.auscult.feature;

import org.jspecify.annotations.NullMarked;
