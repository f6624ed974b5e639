/**
 * Feature definitions and vectors as FHIR resources.
 *
 * <p>Read first: {@link org.auscult.feature.fhir.FeatureDefinitions}.
 *
 * <p>Must not know: storage, models.
 */
@NullMarked
package org.auscult.feature.fhir;

import org.jspecify.annotations.NullMarked;
