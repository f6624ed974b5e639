package org.auscult.server.training;

import org.auscult.feature.fhir.FeatureUrls;

/** Canonicals of the operations on data sets; the guide in {@code ig} defines them. */
final class TrainingUrls {
  private static final String OPERATION = FeatureUrls.BASE + "/OperationDefinition/";

  static final String START = OPERATION + "training-set";
  static final String STATUS = OPERATION + "training-set-status";
  static final String FILE = OPERATION + "training-set-file";
  static final String COMPARE = OPERATION + "training-set-compare";

  private TrainingUrls() {}
}
