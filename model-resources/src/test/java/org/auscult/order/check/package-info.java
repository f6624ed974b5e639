/** Tests of order checks. */
@org.jspecify.annotations.NullMarked
package org.auscult.order.check;
