/**
 * The commands that tell figures of files, without a server: {@code metrics} and {@code drift}.
 *
 * <p>Read first: {@link org.auscult.server.statistics.MetricsCommand}, {@link
 * org.auscult.server.statistics.DriftCommand}.
 *
 * <p>Must not know: Spring, the store, how a figure is made.
 */
@NullMarked
package org.auscult.server.statistics;

import org.jspecify.annotations.NullMarked;
