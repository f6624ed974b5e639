/**
 * Build time only: from published coefficients to ONNX files.
 *
 * <p>Read first: {@link org.auscult.model.onnx.generate.GenerateModels}.
 *
 * <p>Must not know: anything of the running product.
 */
@NullMarked
package org.auscult.model.onnx.generate;

import org.jspecify.annotations.NullMarked;
