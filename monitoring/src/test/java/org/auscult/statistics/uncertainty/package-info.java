/** What the figures are held against, and what must hold of them on any data. */
@NullMarked
package org.auscult.statistics.uncertainty;

import org.jspecify.annotations.NullMarked;
