/**
 * Why a feature drifted, told from what the record held as it was read.
 *
 * <p>Read first: {@link org.auscult.monitoring.cause.CauseFinder}.
 *
 * <p>Must not know: FHIR, storage, the clock.
 */
@NullMarked
package org.auscult.monitoring.cause;

import org.jspecify.annotations.NullMarked;
