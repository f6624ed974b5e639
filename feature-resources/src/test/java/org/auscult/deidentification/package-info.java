@NullMarked
package org.auscult.deidentification;

import org.jspecify.annotations.NullMarked;
