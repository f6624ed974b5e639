/**
 * Criteria of a cohort as a Group that lists no members.
 *
 * <p>Read first: {@link org.auscult.cohort.fhir.CohortGroups}.
 *
 * <p>Must not know: storage, models.
 */
@NullMarked
package org.auscult.cohort.fhir;

import org.jspecify.annotations.NullMarked;
