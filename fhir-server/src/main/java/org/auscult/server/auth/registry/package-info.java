/**
 * Users and clients kept by administrators, over an API of its own.
 *
 * <p>Read first: {@link org.auscult.server.auth.registry.UserRegistry}.
 *
 * <p>Must not know: HAPI, how tokens are made.
 */
@NullMarked
package org.auscult.server.auth.registry;

import org.jspecify.annotations.NullMarked;
