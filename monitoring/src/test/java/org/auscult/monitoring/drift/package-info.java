@NullMarked
package org.auscult.monitoring.drift;

import org.jspecify.annotations.NullMarked;
