/**
 * Conditions under special protection: which labels say so, and which codes mean them (safety rule
 * 34).
 *
 * <p>Read first: {@link org.auscult.protection.SpecialLabels}.
 *
 * <p>Must not know: FHIR structures, storage, who asks.
 */
@NullMarked
package org.auscult.protection;

import org.jspecify.annotations.NullMarked;
