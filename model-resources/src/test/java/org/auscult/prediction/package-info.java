/** Tests of predictions and the journal's form. */
@org.jspecify.annotations.NullMarked
package org.auscult.prediction;
