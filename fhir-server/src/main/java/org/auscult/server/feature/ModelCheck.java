package org.auscult.server.feature;

import java.util.List;
import org.auscult.feature.fhir.Problem;
import org.auscult.model.PredictionModel;
import org.hl7.fhir.r4.model.Library;

/** What must hold of a model beyond its Library before it may become active. */
public interface ModelCheck {
  /** All that is wrong with the model's file; empty if it may be used. */
  List<Problem> problems(Library library, PredictionModel model);
}
