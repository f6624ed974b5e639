/**
 * Tests of loading and of masked copies.
 *
 * <p>Read first: {@link org.auscult.server.client.LoaderTest}.
 *
 * <p>Must not know: this server's insides; a small server of its own stands in for it.
 */
@NullMarked
package org.auscult.server.client;

import org.jspecify.annotations.NullMarked;
