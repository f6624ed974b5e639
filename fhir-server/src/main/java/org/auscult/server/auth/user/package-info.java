/**
 * Users of the embedded authorization server: who they are, and how they prove it.
 *
 * <p>Read first: {@link org.auscult.server.auth.user.User}.
 *
 * <p>Must not know: clients, tokens.
 */
@NullMarked
package org.auscult.server.auth.user;

import org.jspecify.annotations.NullMarked;
