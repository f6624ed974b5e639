@NullMarked
package org.auscult.server.performance;

import org.jspecify.annotations.NullMarked;
