/**
 * The audit log of the running server: leaves made durable before an answer leaves, put in their
 * order by one sequencer, covered by signed heads, and served as AuditEvents.
 *
 * <p>Read first: {@link org.auscult.server.audit.GroupCommit}.
 *
 * <p>Must not know: who may do what.
 */
@NullMarked
package org.auscult.server.audit;

import org.jspecify.annotations.NullMarked;
