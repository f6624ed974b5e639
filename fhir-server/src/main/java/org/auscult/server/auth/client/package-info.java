/**
 * Registered applications, and how they prove who they are.
 *
 * <p>Read first: {@link org.auscult.server.auth.client.Client}.
 *
 * <p>Must not know: users, launches.
 */
@NullMarked
package org.auscult.server.auth.client;

import org.jspecify.annotations.NullMarked;
