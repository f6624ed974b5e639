package org.auscult.server.monitoring;

import org.auscult.feature.fhir.FeatureUrls;

/** Canonicals of monitoring; the guide in {@code ig} defines them. */
final class MonitoringUrls {
  static final String SKEW = FeatureUrls.BASE + "/OperationDefinition/skew";
  static final String FRESHNESS = FeatureUrls.BASE + "/OperationDefinition/freshness";

  private MonitoringUrls() {}
}
