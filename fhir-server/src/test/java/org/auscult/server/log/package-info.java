/** Tests of the log. */
@NullMarked
package org.auscult.server.log;

import org.jspecify.annotations.NullMarked;
