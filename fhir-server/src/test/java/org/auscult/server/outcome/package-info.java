@NullMarked
package org.auscult.server.outcome;

import org.jspecify.annotations.NullMarked;
