@NullMarked
package org.auscult.display;

import org.jspecify.annotations.NullMarked;
