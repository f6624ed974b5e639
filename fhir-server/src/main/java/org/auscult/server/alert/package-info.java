/**
 * Who is told what monitoring finds, and what becomes of it: alert rules as PlanDefinitions,
 * issues, Tasks, and the suspension of deployments.
 *
 * <p>Read first: {@link org.auscult.server.alert.AlertRound}, {@link
 * org.auscult.server.alert.MonitoringIssues}.
 *
 * <p>Must not know: patients, how figures are worked out.
 */
@NullMarked
package org.auscult.server.alert;

import org.jspecify.annotations.NullMarked;
