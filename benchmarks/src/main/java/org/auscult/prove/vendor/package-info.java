/**
 * The proof {@code second-vendor}: other codes, units and profiles, and the same vectors.
 *
 * <p>Read first: {@link org.auscult.prove.vendor.SecondVendorProof}.
 *
 * <p>Must not know: how the server maps; it asks over HTTP.
 */
@NullMarked
package org.auscult.prove.vendor;

import org.jspecify.annotations.NullMarked;
