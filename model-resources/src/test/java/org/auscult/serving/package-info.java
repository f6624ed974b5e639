@NullMarked
package org.auscult.serving;

import org.jspecify.annotations.NullMarked;
