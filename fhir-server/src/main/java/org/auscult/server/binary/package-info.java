/**
 * Binaries, such as model packages, encrypted in the database.
 *
 * <p>Depends on: Hibernate's events, HAPI's table of versions, the key ring. May not touch: FHIR
 * resources.
 */
@NullMarked
package org.auscult.server.binary;

import org.jspecify.annotations.NullMarked;
