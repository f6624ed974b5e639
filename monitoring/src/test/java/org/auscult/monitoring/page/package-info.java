@NullMarked
package org.auscult.monitoring.page;

import org.jspecify.annotations.NullMarked;
