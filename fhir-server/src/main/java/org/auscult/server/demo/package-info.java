/**
 * The demonstration: synthetic patients, charts opened, cards shown.
 *
 * <p>Read first: {@link org.auscult.server.demo.DemoCommand}.
 *
 * <p>Must not know: this server's insides; it calls the server over HTTP as anybody would.
 */
@NullMarked
package org.auscult.server.demo;

import org.jspecify.annotations.NullMarked;
