/** Tests of how Binaries lie in the database. */
@NullMarked
package org.auscult.server.binary;

import org.jspecify.annotations.NullMarked;
