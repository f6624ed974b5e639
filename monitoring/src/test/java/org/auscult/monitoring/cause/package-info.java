@NullMarked
package org.auscult.monitoring.cause;

import org.jspecify.annotations.NullMarked;
