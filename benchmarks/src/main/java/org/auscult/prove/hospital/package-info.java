/**
 * A server with two hospitals, their staff and their applications, for whoever wants to attack it:
 * enforcement on, its own authorization server on, callers of hooks signed.
 *
 * <p>Read first: {@link org.auscult.prove.hospital.TwoHospitals}.
 *
 * <p>Must not know: attacks.
 */
@NullMarked
package org.auscult.prove.hospital;

import org.jspecify.annotations.NullMarked;
