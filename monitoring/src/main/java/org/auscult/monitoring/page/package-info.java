/**
 * What monitoring tells of a model, as pages that people read and print.
 *
 * <p>Read first: {@link org.auscult.monitoring.page.ModelPage}, then {@link
 * org.auscult.monitoring.page.ReportPage} and {@link org.auscult.monitoring.page.SummaryPage}.
 *
 * <p>Must not know: FHIR structures, storage, the clock, patients.
 */
@NullMarked
package org.auscult.monitoring.page;

import org.jspecify.annotations.NullMarked;
