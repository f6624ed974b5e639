/**
 * Spans of OpenTelemetry along the road of a hook call: the call itself, and each port that it goes
 * through. The cores know nothing of it: their ports are wrapped where they are put together, and
 * left as they are where no collector is named. A span says nothing of a patient or user.
 */
@org.jspecify.annotations.NullMarked
package org.auscult.server.trace;
