@NullMarked
package org.auscult.feature.life;

import org.jspecify.annotations.NullMarked;
