package org.auscult.server.notification;

import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.auscult.access.Requester;
import org.auscult.access.Role;
import org.auscult.feature.fhir.Problem;
import org.hl7.fhir.r4.model.Subscription;
import org.hl7.fhir.r4.model.Subscription.SubscriptionChannelComponent;
import org.hl7.fhir.r4.model.Subscription.SubscriptionChannelType;
import org.hl7.fhir.r4.model.Subscription.SubscriptionStatus;
import org.jspecify.annotations.Nullable;

/** What is wrong with a Subscription that somebody writes. */
final class SubscriptionChecks {
  private static final Set<SubscriptionStatus> WISHES =
      EnumSet.of(SubscriptionStatus.REQUESTED, SubscriptionStatus.OFF);

  private final ModelDevices models;
  private final NotificationSettings settings;

  SubscriptionChecks(ModelDevices models, NotificationSettings settings) {
    this.models = models;
    this.settings = settings;
  }

  /**
   * All that is wrong.
   *
   * @param former what was stored; null if it is new
   * @param who writes it; null if nobody is asked
   */
  List<Problem> problems(
      Subscription subscription,
      @Nullable Subscription former,
      @Nullable Requester who,
      Instant now) {
    List<Problem> problems = new ArrayList<>();
    boolean isSame = former != null && former.getStatus() == subscription.getStatus();
    if (!isSame && !WISHES.contains(subscription.getStatus())) {
      problems.add(
          new Problem(
              "Subscription.status",
              "only the server says that one is active, or in error",
              "Write requested, or off."));
    }
    if (subscription.getStatus() == SubscriptionStatus.OFF) {
      return problems;
    }
    if (!subscription.hasReason()) {
      problems.add(new Problem("Subscription.reason", "it is missing", "Say what it is for."));
    }
    if (NotificationOutbox.isOver(subscription, now)) {
      problems.add(
          new Problem("Subscription.end", "it is past", "Leave it out, or name a later time."));
    }
    IssueCriteria criteria =
        IssueCriteria.parse(subscription.hasCriteria() ? subscription.getCriteria() : "", problems);
    channel(subscription.getChannel(), problems);
    List<String> known = new ArrayList<>();
    for (String device : criteria.devices().stream().sorted().toList()) {
      String model = models.model(device);
      if (model == null) {
        problems.add(
            new Problem(
                "Subscription.criteria",
                device + " is no model that is here",
                "Search Device?identifier=urn:ietf:rfc:3986|URL|VERSION, with | as %7C."));
      } else {
        known.add(model);
      }
    }
    models(subscription, known, problems);
    site(subscription, who, problems);
    return problems;
  }

  private void channel(SubscriptionChannelComponent channel, List<Problem> problems) {
    if (channel.getType() != SubscriptionChannelType.RESTHOOK) {
      problems.add(
          new Problem(
              "Subscription.channel.type", "nobody is told in this way", "Write rest-hook."));
    }
    if (settings.at(channel.getEndpoint()).isEmpty()) {
      problems.add(
          new Problem(
              "Subscription.channel.endpoint",
              "the operator does not list it",
              "Ask for it to be added to auscult.notifications.receivers; it is to be the same,"
                  + " character by character."));
    }
    if (channel.hasHeader()) {
      problems.add(
          new Problem(
              "Subscription.channel.header",
              "no secret is kept for a receiver",
              "Leave it out; each notification is signed, in its header "
                  + NotificationSender.SIGNATURE
                  + "."));
    }
    if (channel.hasPayload() && !NotificationSender.FHIR_JSON.equals(channel.getPayload())) {
      problems.add(
          new Problem(
              "Subscription.channel.payload",
              "nothing is told in this form",
              "Write " + NotificationSender.FHIR_JSON + ", or leave it out to be called alone."));
    }
  }

  /** A receiver that is told of some models alone asks for no others. */
  private void models(Subscription subscription, List<String> named, List<Problem> problems) {
    settings
        .at(subscription.getChannel().getEndpoint())
        .ifPresent(
            receiver ->
                named.stream()
                    .filter(model -> !receiver.mayHearOf(model))
                    .forEach(
                        model ->
                            problems.add(
                                new Problem(
                                    "Subscription.criteria",
                                    "this receiver is not told of " + model,
                                    "Name the Devices of its own models, or none."))));
  }

  /** People who work for sites subscribe for one of these. */
  private void site(Subscription subscription, @Nullable Requester who, List<Problem> problems) {
    boolean isNamed = subscription.hasExtension(NotificationUrls.SITE);
    String site = NotificationOutbox.site(subscription);
    if (isNamed && site == null) {
      problems.add(new Problem(where(), "it names no site", "Name one: Organization/ID."));
      return;
    }
    if (who != null && isBound(who) && (site == null || !who.sites().contains(site))) {
      problems.add(
          new Problem(
              where(),
              site == null ? "it is missing" : "Organization/" + site + " is none of yours",
              "Name the site for which you work."));
    }
  }

  private static boolean isBound(Requester who) {
    return !who.sites().isEmpty()
        && !who.roles().contains(Role.ADMINISTRATOR)
        && !who.roles().contains(Role.SYSTEM);
  }

  private static String where() {
    return "Subscription.extension('" + NotificationUrls.SITE + "')";
  }
}
