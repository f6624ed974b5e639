/**
 * Proves that public clients work with the authorization server: the SMART library in a real
 * browser, and HAPI's client as a backend service.
 *
 * <p>Read first: {@link org.auscult.prove.smart.SmartProof}.
 *
 * <p>Must not know: the product's code. It sees HTTP, pages, and a registry file.
 */
@NullMarked
package org.auscult.prove.smart;

import org.jspecify.annotations.NullMarked;
