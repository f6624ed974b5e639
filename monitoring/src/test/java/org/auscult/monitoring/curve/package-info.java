@NullMarked
package org.auscult.monitoring.curve;

import org.jspecify.annotations.NullMarked;
