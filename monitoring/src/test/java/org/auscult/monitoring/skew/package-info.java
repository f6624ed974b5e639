@NullMarked
package org.auscult.monitoring.skew;

import org.jspecify.annotations.NullMarked;
