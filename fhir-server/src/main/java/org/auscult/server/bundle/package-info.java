/**
 * The synthetic patients that come with the server.
 *
 * <p>Read first: {@link org.auscult.server.bundle.BundledResources}.
 *
 * <p>Must not know: what is done with them.
 */
@NullMarked
package org.auscult.server.bundle;

import org.jspecify.annotations.NullMarked;
