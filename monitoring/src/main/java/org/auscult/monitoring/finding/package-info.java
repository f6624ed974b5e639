/**
 * What monitoring has to say to deployments and to people, whatever found it.
 *
 * <p>Read first: {@link org.auscult.monitoring.finding.MonitoringFinding}.
 *
 * <p>Must not know: FHIR structures, storage, the clock, who is told.
 */
@NullMarked
package org.auscult.monitoring.finding;

import org.jspecify.annotations.NullMarked;
