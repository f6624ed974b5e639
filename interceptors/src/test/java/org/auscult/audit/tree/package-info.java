/** Tests. */
@NullMarked
package org.auscult.audit.tree;

import org.jspecify.annotations.NullMarked;
