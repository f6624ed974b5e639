package org.auscult.server.feature;

import java.util.ArrayList;
import java.util.List;
import org.auscult.deidentification.ProtectedCodes;
import org.auscult.feature.ResolvedFeatureSet;
import org.auscult.feature.fhir.Problem;
import org.auscult.model.PredictionModel;
import org.auscult.model.SensitiveInputs;
import org.auscult.model.SensitiveUse;
import org.auscult.model.fhir.ModelUrls;
import org.hl7.fhir.r4.model.Enumerations.PublicationStatus;
import org.hl7.fhir.r4.model.Library;

/**
 * A model names what it takes that is sensitive, and before it becomes active its intended use and
 * the rationale of its device status (safety rule 34).
 */
final class RegisterCheck {
  private final ProtectedCodes codes;

  RegisterCheck(ProtectedCodes codes) {
    this.codes = codes;
  }

  List<Problem> problems(Library library, PredictionModel model, ResolvedFeatureSet features) {
    List<Problem> problems = new ArrayList<>();
    for (SensitiveUse lacking : SensitiveInputs.unregistered(model, features, codes)) {
      String part = lacking.part() == SensitiveUse.Part.FEATURE ? "feature " : "output ";
      problems.add(
          new Problem(
              at(ModelUrls.SENSITIVE_USE),
              part + lacking.name() + " is sensitive (" + lacking.kind().code() + ")",
              "Register it, with how and why the model uses it."));
    }
    if (library.getStatus() == PublicationStatus.ACTIVE) {
      if (!library.hasUsage()) {
        problems.add(
            new Problem(
                "Library.usage",
                "an active model does not state its intended use",
                "Say for whom, by whom, and for which decision it is."));
      }
      if (!library.hasExtension(ModelUrls.DEVICE_STATUS)) {
        problems.add(
            new Problem(
                at(ModelUrls.DEVICE_STATUS),
                "an active model does not say whether it is a device, and why",
                "Give status and rationale."));
      }
    }
    return problems;
  }

  private static String at(String url) {
    return "Library.extension('" + url + "')";
  }
}
