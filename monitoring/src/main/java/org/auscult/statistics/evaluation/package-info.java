/**
 * The whole list of figures of one set of rows, by what each of them tells of people.
 *
 * <p>Read first: {@link org.auscult.statistics.evaluation.BinaryEvaluation}.
 *
 * <p>Must not know: FHIR, storage, files, the clock.
 */
@NullMarked
package org.auscult.statistics.evaluation;

import org.jspecify.annotations.NullMarked;
