/**
 * The embedded database, saved only when nobody changes it.
 *
 * <p>Read first: {@link org.auscult.server.embedded.EmbeddedDataSource}, then {@link
 * org.auscult.server.embedded.SaveGate}.
 *
 * <p>Must not know: which tables there are.
 */
@NullMarked
package org.auscult.server.embedded;

import org.jspecify.annotations.NullMarked;
