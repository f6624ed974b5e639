/**
 * The proof of de-identification: real synthetic patients with markers planted in their texts go
 * through the command, and no marker comes out.
 *
 * <p>Read first: {@link org.auscult.prove.deidentify.DeidentifyProof}.
 *
 * <p>Must not know: how the product masks.
 */
@NullMarked
package org.auscult.prove.deidentify;

import org.jspecify.annotations.NullMarked;
