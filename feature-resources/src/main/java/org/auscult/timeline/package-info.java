/**
 * The clinical event timeline: facts with two clocks, and what was known as of a time.
 *
 * <p>Read first: {@link org.auscult.timeline.Fact}, then {@link
 * org.auscult.timeline.PatientTimeline}.
 *
 * <p>Must not know: FHIR structures, storage, features, models.
 */
@NullMarked
package org.auscult.timeline;

import org.jspecify.annotations.NullMarked;
