/**
 * Running deployments for one call: in parallel, in time, and with what stands in where a model
 * fails.
 *
 * <p>Read first: {@link org.auscult.serving.DeploymentRunner}.
 *
 * <p>Must not know: FHIR structures, runtimes, storage, cards.
 */
@NullMarked
package org.auscult.serving;

import org.jspecify.annotations.NullMarked;
