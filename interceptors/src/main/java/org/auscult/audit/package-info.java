/**
 * What the audit log says of one request: the leaf, its canonical bytes, and the chain of leaves
 * that a node writes.
 *
 * <p>Read first: {@link org.auscult.audit.AuditLeaf}.
 *
 * <p>Must not know: FHIR structures, how leaves are stored, clocks.
 */
@NullMarked
package org.auscult.audit;

import org.jspecify.annotations.NullMarked;
