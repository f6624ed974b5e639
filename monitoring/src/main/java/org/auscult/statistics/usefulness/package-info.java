/**
 * What acting on scores above a threshold gains.
 *
 * <p>Read first: {@link org.auscult.statistics.usefulness.NetBenefit}.
 *
 * <p>Must not know: FHIR, storage, files, the clock.
 */
@NullMarked
package org.auscult.statistics.usefulness;

import org.jspecify.annotations.NullMarked;
