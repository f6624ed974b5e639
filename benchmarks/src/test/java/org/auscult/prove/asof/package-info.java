@NullMarked
package org.auscult.prove.asof;

import org.jspecify.annotations.NullMarked;
