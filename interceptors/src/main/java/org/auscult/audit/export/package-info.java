/**
 * The log as a file that an auditor keeps, and the verifier that needs nothing but this file.
 *
 * <p>Read first: {@link org.auscult.audit.export.AuditVerifier}.
 *
 * <p>Must not know: how the log is stored, FHIR, clocks.
 */
@NullMarked
package org.auscult.audit.export;

import org.jspecify.annotations.NullMarked;
