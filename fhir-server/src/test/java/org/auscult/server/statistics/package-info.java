/** The commands on files. */
@NullMarked
package org.auscult.server.statistics;

import org.jspecify.annotations.NullMarked;
