/**
 * Whether higher scores go with events.
 *
 * <p>Read first: {@link org.auscult.statistics.discrimination.Auroc}.
 *
 * <p>Must not know: FHIR, storage, files, the clock.
 */
@NullMarked
package org.auscult.statistics.discrimination;

import org.jspecify.annotations.NullMarked;
