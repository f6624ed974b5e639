@NullMarked
package org.auscult.monitoring.retraining;

import org.jspecify.annotations.NullMarked;
