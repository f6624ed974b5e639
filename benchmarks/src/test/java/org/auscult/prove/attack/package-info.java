@NullMarked
package org.auscult.prove.attack;

import org.jspecify.annotations.NullMarked;
