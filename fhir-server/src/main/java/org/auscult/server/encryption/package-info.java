/** The embedded database's files, encrypted as they lie on the disk. */
@NullMarked
package org.auscult.server.encryption;

import org.jspecify.annotations.NullMarked;
