/**
 * Reads from a caller's FHIR server what prefetch lacks, with the token that came with the call.
 *
 * <p>Read first: {@link org.auscult.cds.caller.HttpCallerRecord}.
 *
 * <p>Must not know: Spring, services, cards, storage, what the answers mean.
 */
@NullMarked
package org.auscult.cds.caller;

import org.jspecify.annotations.NullMarked;
