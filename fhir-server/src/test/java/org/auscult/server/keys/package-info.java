/** Tests of keys. */
@org.jspecify.annotations.NullMarked
package org.auscult.server.keys;
