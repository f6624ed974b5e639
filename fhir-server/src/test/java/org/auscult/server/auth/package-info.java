/** The embedded authorization server, over HTTP as browsers and clients use it. */
@org.jspecify.annotations.NullMarked
package org.auscult.server.auth;
