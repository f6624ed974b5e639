/**
 * Our operations on a Patient: its features, its timeline, and that timeline's rebuild.
 *
 * <p>Read first: {@link org.auscult.server.operation.PatientOperations}.
 *
 * <p>Must not know: tables, how a feature is computed.
 */
@NullMarked
package org.auscult.server.operation;

import org.jspecify.annotations.NullMarked;
