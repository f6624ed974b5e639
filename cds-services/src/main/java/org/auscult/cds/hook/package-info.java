/**
 * One CDS Hooks call, from bytes to bytes: envelope, patient, data, prediction, storing, cards.
 *
 * <p>Read first: {@link org.auscult.cds.hook.HookEndpoint}.
 *
 * <p>Must not know: Spring, FHIR structures, storage.
 */
@NullMarked
package org.auscult.cds.hook;

import org.jspecify.annotations.NullMarked;
