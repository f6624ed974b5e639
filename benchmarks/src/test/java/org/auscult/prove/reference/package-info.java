@NullMarked
package org.auscult.prove.reference;

import org.jspecify.annotations.NullMarked;
