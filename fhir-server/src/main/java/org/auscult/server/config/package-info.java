/**
 * HAPI FHIR JPA, its storage and its REST endpoint, wired by hand.
 *
 * <p>Read first: {@link org.auscult.server.config.AuscultSettings}.
 *
 * <p>Must not know: timeline, journal, hooks.
 */
@NullMarked
package org.auscult.server.config;

import org.jspecify.annotations.NullMarked;
