package org.auscult.model.fhir;

import ca.uhn.fhir.model.api.annotation.Child;
import ca.uhn.fhir.model.api.annotation.Description;
import ca.uhn.fhir.model.api.annotation.Extension;
import ca.uhn.fhir.model.api.annotation.ResourceDef;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.Library;
import org.hl7.fhir.r4.model.StringType;
import org.jspecify.annotations.Nullable;

/**
 * A model version as a FHIR resource: a Library of our profile. {@code content} holds the ONNX file
 * by reference to a Binary; inputs, outputs and eligibility are complex extensions.
 */
@ResourceDef(name = "Library", profile = ModelUrls.PREDICTION_MODEL)
public class PredictionModelLibrary extends Library {
  private static final long serialVersionUID = 1L;

  @Child(name = "outputKind", min = 1)
  @Extension(url = ModelUrls.OUTPUT_KIND, definedLocally = false, isModifier = false)
  @Description(shortDefinition = "probability, value or score")
  private @Nullable CodeType outputKind;

  @Child(name = "sha256")
  @Extension(url = ModelUrls.ARTIFACT_SHA256, definedLocally = false, isModifier = false)
  @Description(shortDefinition = "SHA-256 of the ONNX file, lower-case hex")
  private @Nullable StringType sha256;

  public @Nullable CodeType getOutputKind() {
    return outputKind;
  }

  public PredictionModelLibrary setOutputKind(CodeType value) {
    outputKind = value;
    return this;
  }

  public @Nullable StringType getSha256() {
    return sha256;
  }

  public PredictionModelLibrary setSha256(StringType value) {
    sha256 = value;
    return this;
  }

  @Override
  public PredictionModelLibrary copy() {
    PredictionModelLibrary copy = new PredictionModelLibrary();
    copyValues(copy);
    copy.outputKind = outputKind;
    copy.sha256 = sha256;
    return copy;
  }
}
