/** Tests of the journal and its materialiser. */
@org.jspecify.annotations.NullMarked
package org.auscult.server.journal;
