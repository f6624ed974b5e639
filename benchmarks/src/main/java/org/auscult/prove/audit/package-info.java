/**
 * Proof: nobody changes, removes, reorders or inserts an audit event unnoticed.
 *
 * <p>Read first: {@link org.auscult.prove.audit.AuditProof}.
 *
 * <p>Must not know: how the server stores its log.
 */
@NullMarked
package org.auscult.prove.audit;

import org.jspecify.annotations.NullMarked;
