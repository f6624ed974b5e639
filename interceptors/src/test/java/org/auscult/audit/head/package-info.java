/** Tests. */
@NullMarked
package org.auscult.audit.head;

import org.jspecify.annotations.NullMarked;
