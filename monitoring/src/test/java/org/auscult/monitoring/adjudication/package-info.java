@NullMarked
package org.auscult.monitoring.adjudication;

import org.jspecify.annotations.NullMarked;
