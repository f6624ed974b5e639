@NullMarked
package org.auscult.monitoring.alert;

import org.jspecify.annotations.NullMarked;
