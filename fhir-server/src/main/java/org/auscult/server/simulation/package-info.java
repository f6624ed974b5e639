/**
 * A year in a minute: patients, predictions, outcomes and answers on a clock of their own, through
 * the cores that serve and monitor, and without a server. What is planted is all that it knows
 * beforehand; what is told is what monitoring found.
 *
 * <p>Read first: {@link org.auscult.server.simulation.Year}.
 *
 * <p>Must not know: databases, HTTP, the time of day.
 */
@NullMarked
package org.auscult.server.simulation;

import org.jspecify.annotations.NullMarked;
