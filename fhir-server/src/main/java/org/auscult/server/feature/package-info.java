/**
 * Feature definitions as they stand in the FHIR store.
 *
 * <p>Read first: {@link org.auscult.server.feature.StoredFeatureCatalog}.
 *
 * <p>Must not know: models, hooks.
 */
@NullMarked
package org.auscult.server.feature;

import org.jspecify.annotations.NullMarked;
