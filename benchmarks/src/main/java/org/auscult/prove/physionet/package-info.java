/**
 * Proves that hourly vectors of real intensive care are what its file says: PhysioNet's 2012
 * challenge, set A.
 *
 * <p>Read first: {@link org.auscult.prove.physionet.PhysionetProof}, then {@code HourlyTable},
 * which computes the same from the file and knows nothing of FHIR or of features.
 */
@NullMarked
package org.auscult.prove.physionet;

import org.jspecify.annotations.NullMarked;
