/** Tests of order rules. */
@org.jspecify.annotations.NullMarked
package org.auscult.order;
