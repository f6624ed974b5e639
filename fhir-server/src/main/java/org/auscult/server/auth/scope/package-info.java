/**
 * SMART scopes: what one covers, what a role may have, and what it means in plain words.
 *
 * <p>Read first: {@link org.auscult.server.auth.scope.ScopeLimits}.
 *
 * <p>Must not know: Spring.
 */
@NullMarked
package org.auscult.server.auth.scope;

import org.jspecify.annotations.NullMarked;
