/** Who may do what, over HTTP. */
@org.jspecify.annotations.NullMarked
package org.auscult.server.access;
