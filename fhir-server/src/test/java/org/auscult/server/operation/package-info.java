/** Tests of our operations, over HTTP. */
@org.jspecify.annotations.NullMarked
package org.auscult.server.operation;
