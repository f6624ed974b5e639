package org.auscult.server.notification;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.jpa.api.dao.IFhirResourceDao;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.auscult.server.alert.Existing;
import org.auscult.server.alert.IssueWatcher;
import org.hl7.fhir.r4.model.DetectedIssue;
import org.hl7.fhir.r4.model.Extension;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Subscription;
import org.hl7.fhir.r4.model.Subscription.SubscriptionStatus;
import org.jspecify.annotations.Nullable;

/**
 * Keeps, in the transaction that writes a version of an issue, what each subscriber is to be told
 * of it: so nothing that is stored is not told, and nothing is told that is not stored.
 */
final class NotificationOutbox implements IssueWatcher {
  private static final Set<SubscriptionStatus> ON =
      EnumSet.of(SubscriptionStatus.ACTIVE, SubscriptionStatus.ERROR);

  private final NotificationRows rows;
  private final IFhirResourceDao<Subscription> subscriptions;
  private final ModelDevices models;
  private final NotificationSettings settings;
  private final FhirContext fhir;
  private final InstantSource clock;

  NotificationOutbox(
      NotificationRows rows,
      IFhirResourceDao<Subscription> subscriptions,
      ModelDevices models,
      NotificationSettings settings,
      FhirContext fhir,
      InstantSource clock) {
    this.rows = rows;
    this.subscriptions = subscriptions;
    this.models = models;
    this.settings = settings;
    this.fhir = fhir;
    this.clock = clock;
  }

  @Override
  public void written(DetectedIssue issue, String version, String site) {
    List<String> channels = rows.channels();
    if (channels.isEmpty()) {
      return;
    }
    Instant now = clock.instant();
    String model = models.model(issue);
    String payload =
        fhir.newJsonParser()
            .setStripVersionsFromReferences(false)
            .encodeResourceToString(NotificationPayload.of(issue, version, model));
    for (String id : channels) {
      Subscription subscription = Existing.find(subscriptions, id);
      if (subscription != null && isOf(subscription, issue, model, site, now)) {
        rows.add(id, issue.getIdElement().getIdPart(), version, payload, now);
      }
    }
  }

  private boolean isOf(
      Subscription subscription,
      DetectedIssue issue,
      @Nullable String model,
      String site,
      Instant now) {
    return ON.contains(subscription.getStatus())
        && !isOver(subscription, now)
        && settings
            .at(subscription.getChannel().getEndpoint())
            .filter(receiver -> receiver.mayHearOf(model))
            .isPresent()
        && (site.isEmpty() || isOfSite(subscription, site))
        && IssueCriteria.parse(subscription.getCriteria(), new ArrayList<>()).matches(issue);
  }

  /** Whether its end has come. */
  static boolean isOver(Subscription subscription, Instant now) {
    return subscription.hasEnd() && !subscription.getEnd().toInstant().isAfter(now);
  }

  /** The site that it names, as an id; null if it is of all. */
  static @Nullable String site(Subscription subscription) {
    Extension site = subscription.getExtensionByUrl(NotificationUrls.SITE);
    return site != null && site.getValue() instanceof Reference reference
        ? reference.getReferenceElement().getIdPart()
        : null;
  }

  private static boolean isOfSite(Subscription subscription, String site) {
    String named = site(subscription);
    return named == null || named.equals(site);
  }
}
