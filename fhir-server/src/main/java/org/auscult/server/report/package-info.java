/**
 * What all reports of monitoring are made of.
 *
 * <p>Read first: {@link org.auscult.server.report.Figures}.
 *
 * <p>Must not know: what is reported.
 */
@NullMarked
package org.auscult.server.report;

import org.jspecify.annotations.NullMarked;
