/**
 * Performance before labels arrive. All of it is estimated, and blind to concept drift.
 *
 * <p>Read first: {@link org.auscult.statistics.estimated.EstimatedPerformance}.
 *
 * <p>Must not know: FHIR, storage, files, the clock.
 */
@NullMarked
package org.auscult.statistics.estimated;

import org.jspecify.annotations.NullMarked;
