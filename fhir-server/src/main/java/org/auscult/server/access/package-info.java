/**
 * Verifies access tokens, and gives the policy its adapters: who asks, what ties a patient, what is
 * stored.
 *
 * <p>Read first: {@link org.auscult.server.access.TokenFilter}.
 *
 * <p>Must not know: how tokens are issued.
 */
@NullMarked
package org.auscult.server.access;

import org.jspecify.annotations.NullMarked;
