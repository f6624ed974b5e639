/** Tests against the running server. */
@org.jspecify.annotations.NullMarked
package org.auscult.server;
