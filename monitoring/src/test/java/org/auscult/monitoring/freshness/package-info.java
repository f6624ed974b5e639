@NullMarked
package org.auscult.monitoring.freshness;

import org.jspecify.annotations.NullMarked;
