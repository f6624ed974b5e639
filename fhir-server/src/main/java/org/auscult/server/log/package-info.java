/** What reaches the log: never a patient's data. */
@NullMarked
package org.auscult.server.log;

import org.jspecify.annotations.NullMarked;
