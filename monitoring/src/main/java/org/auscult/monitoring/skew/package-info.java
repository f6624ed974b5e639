/**
 * Holds vectors that were served against what the record gives at the same epoch.
 *
 * <p>Read first: {@link org.auscult.monitoring.skew.SkewCheck}.
 *
 * <p>Must not know: FHIR structures, storage, how an alarm reaches people.
 */
@NullMarked
package org.auscult.monitoring.skew;

import org.jspecify.annotations.NullMarked;
