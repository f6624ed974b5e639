/** Tests of order rules in the store. */
@org.jspecify.annotations.NullMarked
package org.auscult.server.order;
