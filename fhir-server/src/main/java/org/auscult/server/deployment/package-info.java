/**
 * Deployments as they stand in the FHIR store, and which of them are live.
 *
 * <p>Must not know: how a card is written.
 */
@NullMarked
package org.auscult.server.deployment;

import org.jspecify.annotations.NullMarked;
