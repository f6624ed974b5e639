@NullMarked
package org.auscult.feature.expression;

import org.jspecify.annotations.NullMarked;
