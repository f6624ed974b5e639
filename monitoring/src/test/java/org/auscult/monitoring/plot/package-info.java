@NullMarked
package org.auscult.monitoring.plot;

import org.jspecify.annotations.NullMarked;
