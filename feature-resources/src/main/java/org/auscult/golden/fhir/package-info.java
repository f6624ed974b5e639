/**
 * Golden cases: resources, definitions, a time, and the vector that must come of them, as data of
 * anybody's.
 *
 * <p>Read first: {@link org.auscult.golden.fhir.GoldenReader}, then {@link
 * org.auscult.golden.fhir.GoldenRunner}. The format is described in {@code docs/golden.md}.
 *
 * <p>Must not know: storage, servers, models.
 */
@NullMarked
package org.auscult.golden.fhir;

import org.jspecify.annotations.NullMarked;
