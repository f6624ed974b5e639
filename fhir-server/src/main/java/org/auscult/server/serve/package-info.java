/**
 * Starting and stopping the server from the command line.
 *
 * <p>Read first: {@link org.auscult.server.serve.ServeCommand}.
 *
 * <p>Must not know: what the server is made of.
 */
@NullMarked
package org.auscult.server.serve;

import org.jspecify.annotations.NullMarked;
