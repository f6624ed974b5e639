/**
 * Who calls the hooks: issuers that are trusted, their keys, and the tokens that they sign.
 *
 * <p>Read first: {@link org.auscult.server.caller.JwtCallerVerifier}.
 *
 * <p>Must not know: what a call asks for, users, FHIR.
 */
@NullMarked
package org.auscult.server.caller;

import org.jspecify.annotations.NullMarked;
