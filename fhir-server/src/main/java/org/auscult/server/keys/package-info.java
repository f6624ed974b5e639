/**
 * Keys that sign and encrypt, kept encrypted, rotated, behind one port.
 *
 * <p>Read first: {@link org.auscult.server.keys.KeyRing}.
 *
 * <p>Must not know: what is signed.
 */
@NullMarked
package org.auscult.server.keys;

import org.jspecify.annotations.NullMarked;
