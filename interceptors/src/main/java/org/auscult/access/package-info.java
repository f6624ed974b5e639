/**
 * Who asks, and what that person or system may do.
 *
 * <p>Read first: {@link org.auscult.access.Requester}, then {@link org.auscult.access.Scopes}.
 *
 * <p>Must not know: Spring, JPA, how a token is verified.
 */
@NullMarked
package org.auscult.access;

import org.jspecify.annotations.NullMarked;
