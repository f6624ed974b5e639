/**
 * Models as they stand in the FHIR store, and the starter pack.
 *
 * <p>Read first: {@link org.auscult.server.model.StoredModelCatalog}.
 *
 * <p>Must not know: hooks, the journal.
 */
@NullMarked
package org.auscult.server.model;

import org.jspecify.annotations.NullMarked;
