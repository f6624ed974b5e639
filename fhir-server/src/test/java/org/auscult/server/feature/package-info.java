/** Tests of stored definitions, over HTTP. */
@org.jspecify.annotations.NullMarked
package org.auscult.server.feature;
