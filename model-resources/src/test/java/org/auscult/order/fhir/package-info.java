/** Tests of tables of order rules. */
@org.jspecify.annotations.NullMarked
package org.auscult.order.fhir;
