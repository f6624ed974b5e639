@NullMarked
package org.auscult.server.monitoring;

import org.jspecify.annotations.NullMarked;
