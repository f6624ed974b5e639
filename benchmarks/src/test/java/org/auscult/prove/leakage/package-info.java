@NullMarked
package org.auscult.prove.leakage;

import org.jspecify.annotations.NullMarked;
