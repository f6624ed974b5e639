/** Tests of the generated graphs. */
@org.jspecify.annotations.NullMarked
package org.auscult.model.onnx;
