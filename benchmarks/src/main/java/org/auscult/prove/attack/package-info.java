/**
 * The proof {@code attacks}: what an attacker would try, over HTTP alone, is refused, and each try
 * stands in the audit log.
 *
 * <p>Read first: {@link org.auscult.prove.attack.AttacksProof}.
 *
 * <p>Must not know: the server's classes, but for reading exported leaves.
 */
@NullMarked
package org.auscult.prove.attack;

import org.jspecify.annotations.NullMarked;
