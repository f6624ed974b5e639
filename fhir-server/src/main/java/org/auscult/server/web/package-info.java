/**
 * What holds for every HTTP request and answer: headers, limits, TLS, and whether the configuration
 * is safe enough to start at all.
 *
 * <p>Read first: {@link org.auscult.server.web.WebConfiguration}.
 *
 * <p>Must not know: who asks, and what for.
 */
@NullMarked
package org.auscult.server.web;

import org.jspecify.annotations.NullMarked;
