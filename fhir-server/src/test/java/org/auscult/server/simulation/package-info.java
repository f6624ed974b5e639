/** Tests of the simulated year. */
@NullMarked
package org.auscult.server.simulation;

import org.jspecify.annotations.NullMarked;
