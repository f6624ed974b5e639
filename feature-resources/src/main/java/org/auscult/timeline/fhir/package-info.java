/**
 * From FHIR resources to facts, the same for live writes, rebuild and what callers bring.
 *
 * <p>Read first: {@link org.auscult.timeline.fhir.FactProjector}.
 *
 * <p>Must not know: storage, features, models.
 */
@NullMarked
package org.auscult.timeline.fhir;

import org.jspecify.annotations.NullMarked;
