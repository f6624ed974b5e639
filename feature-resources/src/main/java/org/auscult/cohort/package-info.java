/**
 * Who belongs to a cohort, by what features say as of a time.
 *
 * <p>Read first: {@link org.auscult.cohort.CohortCriteria}. A cohort is told by the same
 * definitions, under the same two clocks, as what models read.
 *
 * <p>Must not know: FHIR structures, storage, models, the time of day.
 */
@NullMarked
package org.auscult.cohort;

import org.jspecify.annotations.NullMarked;
