/**
 * The embedded authorization server: SMART App Launch 2.2 and Backend Services on Spring
 * Authorization Server, on its own paths alone.
 *
 * <p>Read first: {@link org.auscult.server.auth.AuthConfiguration}.
 *
 * <p>Must not know: what a token allows on the FHIR API.
 */
@NullMarked
package org.auscult.server.auth;

import org.jspecify.annotations.NullMarked;
