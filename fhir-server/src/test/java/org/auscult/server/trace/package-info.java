/** What a collector receives of hook calls. */
@org.jspecify.annotations.NullMarked
package org.auscult.server.trace;
