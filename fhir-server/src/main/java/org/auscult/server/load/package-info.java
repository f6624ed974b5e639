/**
 * Loading resources into a FHIR server, over HTTP.
 *
 * <p>Read first: {@link org.auscult.server.load.LoadCommand}.
 *
 * <p>Must not know: this server's insides; any R4 server can be loaded.
 */
@NullMarked
package org.auscult.server.load;

import org.jspecify.annotations.NullMarked;
