/** Tests. */
@NullMarked
package org.auscult.audit;

import org.jspecify.annotations.NullMarked;
