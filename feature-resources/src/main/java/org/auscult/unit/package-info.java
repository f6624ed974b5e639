/**
 * Units of measure: exact conversion, and the one unit in which each code is kept.
 *
 * <p>Read first: {@link org.auscult.unit.Units}.
 *
 * <p>Must not know: FHIR structures, features.
 */
@NullMarked
package org.auscult.unit;

import org.jspecify.annotations.NullMarked;
