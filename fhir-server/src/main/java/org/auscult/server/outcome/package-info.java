/**
 * What became of predictions: cases to observe, an inbox of what was written, and the job that
 * labels.
 */
@NullMarked
package org.auscult.server.outcome;

import org.jspecify.annotations.NullMarked;
