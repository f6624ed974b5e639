/**
 * ValueSets turned into codes, whole or not at all.
 *
 * <p>Read first: {@link org.auscult.terminology.fhir.ValueSetExpander}.
 *
 * <p>Must not know: patients, where resources are kept.
 */
@NullMarked
package org.auscult.terminology.fhir;

import org.jspecify.annotations.NullMarked;
