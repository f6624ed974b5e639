/**
 * ONNX Runtime behind the {@link org.auscult.model.Scorer} port.
 *
 * <p>Read first: {@link org.auscult.model.onnx.OnnxScorer}.
 *
 * <p>Must not know: FHIR, storage, predictions.
 */
@NullMarked
package org.auscult.model.onnx;

import org.jspecify.annotations.NullMarked;
