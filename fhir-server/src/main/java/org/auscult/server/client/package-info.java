/**
 * Commands that work on a running FHIR server, over HTTP: loading, and rebuilding timelines.
 *
 * <p>Read first: {@link org.auscult.server.client.LoadCommand}.
 *
 * <p>Must not know: this server's insides; any R4 server can be loaded.
 */
@NullMarked
package org.auscult.server.client;

import org.jspecify.annotations.NullMarked;
