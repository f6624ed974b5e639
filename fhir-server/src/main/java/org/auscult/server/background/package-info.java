/**
 * Work that goes on in the background.
 *
 * <p>Read first: {@link org.auscult.server.background.NodeLoop} for what every node does, {@link
 * org.auscult.server.background.LeasedLoop} for what one does.
 *
 * <p>Must not know: what is done.
 */
@NullMarked
package org.auscult.server.background;

import org.jspecify.annotations.NullMarked;
