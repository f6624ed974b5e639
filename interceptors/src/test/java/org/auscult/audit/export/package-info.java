/** Tests. */
@NullMarked
package org.auscult.audit.export;

import org.jspecify.annotations.NullMarked;
