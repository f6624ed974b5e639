/**
 * How a feature's values lie in a cohort: counted from vectors, patient by patient.
 *
 * <p>Read first: {@link org.auscult.feature.profile.ProfileTally}.
 *
 * <p>Must not know: FHIR, who may be told what.
 */
@NullMarked
package org.auscult.feature.profile;

import org.jspecify.annotations.NullMarked;
