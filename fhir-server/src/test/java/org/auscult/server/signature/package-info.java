/** Tests of signatures. */
@org.jspecify.annotations.NullMarked
package org.auscult.server.signature;
