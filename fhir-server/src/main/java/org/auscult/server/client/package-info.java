/**
 * Commands that work on a running FHIR server, over HTTP: loading, and rebuilding timelines; and on
 * exported files: masked copies.
 *
 * <p>Read first: {@link org.auscult.server.client.LoadCommand}, {@link
 * org.auscult.server.client.DeidentifyCommand}.
 *
 * <p>Must not know: this server's insides; any R4 server can be loaded.
 */
@NullMarked
package org.auscult.server.client;

import org.jspecify.annotations.NullMarked;
