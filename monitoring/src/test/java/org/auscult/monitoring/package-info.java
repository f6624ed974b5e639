@NullMarked
package org.auscult.monitoring;

import org.jspecify.annotations.NullMarked;
