@NullMarked
package org.auscult.prove.physionet;

import org.jspecify.annotations.NullMarked;
