/**
 * What a FHIR request touches, for its leaf in the audit log: collected while it is answered.
 *
 * <p>Read first: {@link org.auscult.audit.fhir.AuditInterceptor}.
 *
 * <p>Must not know: Spring, JPA, how leaves are stored.
 */
@NullMarked
package org.auscult.audit.fhir;

import org.jspecify.annotations.NullMarked;
