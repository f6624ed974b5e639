/** Tests of what operators see. */
@NullMarked
package org.auscult.server.metrics;

import org.jspecify.annotations.NullMarked;
