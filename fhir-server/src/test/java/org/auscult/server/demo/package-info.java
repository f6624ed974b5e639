/**
 * Tests of the demonstration.
 *
 * <p>Read first: {@link org.auscult.server.demo.DemoPatientsTest}.
 *
 * <p>Must not know: the running server.
 */
@NullMarked
package org.auscult.server.demo;

import org.jspecify.annotations.NullMarked;
