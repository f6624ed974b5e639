/**
 * A proof that monitoring finds what is planted into a simulated year, and nothing that is not.
 *
 * <p>Read first: {@link org.auscult.prove.simulation.SimulateProof}.
 *
 * <p>Must not know: the simulation's insides; it drives the command alone.
 */
@NullMarked
package org.auscult.prove.simulation;

import org.jspecify.annotations.NullMarked;
