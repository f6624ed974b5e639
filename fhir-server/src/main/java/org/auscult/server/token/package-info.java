/**
 * How a client gets access tokens: our own commands, the demonstration and the proofs, as anybody
 * has to.
 *
 * <p>Depends on: HTTP and JSON, Nimbus. May not touch: the running server's classes other than the
 * codes of a second factor.
 */
@NullMarked
package org.auscult.server.token;

import org.jspecify.annotations.NullMarked;
