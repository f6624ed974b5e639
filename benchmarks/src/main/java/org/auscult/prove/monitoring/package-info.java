/**
 * The proofs of the figures: our commands on files, held against what other tools made of them.
 *
 * <p>Read first: {@link org.auscult.prove.monitoring.MetricsProof}.
 *
 * <p>Must not know: how the product makes a figure.
 */
@NullMarked
package org.auscult.prove.monitoring;

import org.jspecify.annotations.NullMarked;
