@NullMarked
package org.auscult.bench.peer;

import org.jspecify.annotations.NullMarked;
