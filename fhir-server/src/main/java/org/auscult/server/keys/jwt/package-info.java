/**
 * What this server signs in its own name, for others to verify.
 *
 * <p>Read first: {@link org.auscult.server.keys.jwt.JwtSigner}.
 *
 * <p>Must not know: what is said, to whom.
 */
@NullMarked
package org.auscult.server.keys.jwt;

import org.jspecify.annotations.NullMarked;
