/**
 * Alert rules: when the figures of a model, window after window, are a finding.
 *
 * <p>Read first: {@link org.auscult.monitoring.alert.AlertRule}, {@link
 * org.auscult.monitoring.alert.AlertTest}, {@link org.auscult.monitoring.alert.Verdict}.
 *
 * <p>Must not know: FHIR structures, storage, the clock, who is told.
 */
@NullMarked
package org.auscult.monitoring.alert;

import org.jspecify.annotations.NullMarked;
