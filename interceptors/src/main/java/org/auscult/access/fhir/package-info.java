/**
 * The policy at HAPI's pointcuts: what comes in, what is written, what leaves.
 *
 * <p>Read first: {@link org.auscult.access.fhir.IncomingAccess}.
 *
 * <p>Must not know: Spring, JPA, how anything is stored.
 */
@NullMarked
package org.auscult.access.fhir;

import org.jspecify.annotations.NullMarked;
