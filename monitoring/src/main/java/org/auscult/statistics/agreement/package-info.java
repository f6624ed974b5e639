/**
 * How far two who judge the same cases agree.
 *
 * <p>Read first: {@link org.auscult.statistics.agreement.Kappa}.
 *
 * <p>Must not know: FHIR, storage, files, the clock.
 */
@NullMarked
package org.auscult.statistics.agreement;

import org.jspecify.annotations.NullMarked;
