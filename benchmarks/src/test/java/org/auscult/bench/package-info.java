@NullMarked
package org.auscult.bench;

import org.jspecify.annotations.NullMarked;
