package org.auscult.server.notification;

import org.auscult.feature.fhir.FeatureUrls;

/** Canonicals of subscriptions; the guide in {@code ig} defines them. */
final class NotificationUrls {
  private static final String SD = FeatureUrls.BASE + "/StructureDefinition/";

  static final String SUBSCRIPTION = SD + "monitoring-subscription";
  static final String SITE = SD + "subscription-site";

  private NotificationUrls() {}
}
