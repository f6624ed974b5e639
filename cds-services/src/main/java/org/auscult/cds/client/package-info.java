/**
 * The EHRs that call: what each of them can take, and how it wants to be asked (safety rule 27).
 *
 * <p>Read first: {@link org.auscult.cds.client.ClientProfile}.
 *
 * <p>Must not know: how calls are answered, Spring, storage.
 */
@NullMarked
package org.auscult.cds.client;

import org.jspecify.annotations.NullMarked;
