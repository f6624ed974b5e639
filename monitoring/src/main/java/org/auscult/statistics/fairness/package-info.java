/**
 * How groups differ, and which groups are too small to be shown.
 *
 * <p>Read first: {@link org.auscult.statistics.fairness.GroupGaps}.
 *
 * <p>Must not know: FHIR, storage, files, the clock.
 */
@NullMarked
package org.auscult.statistics.fairness;

import org.jspecify.annotations.NullMarked;
