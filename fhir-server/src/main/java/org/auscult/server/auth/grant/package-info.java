/**
 * What was granted, its tokens, and what is put into them.
 *
 * <p>Read first: {@link org.auscult.server.auth.grant.JdbcGrants}.
 *
 * <p>Must not know: HAPI, pages.
 */
@NullMarked
package org.auscult.server.auth.grant;

import org.jspecify.annotations.NullMarked;
