package org.auscult.server.notification;

import ca.uhn.fhir.jpa.api.dao.IFhirResourceDao;
import ca.uhn.fhir.rest.api.server.SystemRequestDetails;
import ca.uhn.fhir.rest.server.exceptions.ResourceVersionConflictException;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.auscult.audit.AuditAction;
import org.auscult.audit.AuditAgent;
import org.auscult.audit.AuditEntry;
import org.auscult.audit.AuditKind;
import org.auscult.audit.AuditOutcome;
import org.auscult.audit.AuditTrail;
import org.auscult.server.alert.Existing;
import org.auscult.server.background.Backoff;
import org.hl7.fhir.r4.model.Subscription;
import org.hl7.fhir.r4.model.Subscription.SubscriptionStatus;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Tells subscribers what waits for them, on any number of nodes.
 *
 * <p>Idea: who tells a subscriber holds its channel's row until the receiver has answered and that
 * is noted. So one node at a time tells it, each thing after what came before; a kill lets go of
 * the row, and the next node, or the next start, tells the same again under the same id. While a
 * receiver fails, all that waits for it waits together.
 */
final class NotificationRound {
  /** After so many failures in a row a Subscription says so: about a third of an hour. */
  static final int MANY = 6;

  private static final Logger LOG = LoggerFactory.getLogger(NotificationRound.class);
  private static final int MOST_IN_A_ROW = 50;
  private static final Duration LOOK_AFTER = Duration.ofMinutes(1);

  private final NotificationRows rows;
  private final IFhirResourceDao<Subscription> subscriptions;
  private final NotificationSender sender;
  private final NotificationSettings settings;
  private final TransactionTemplate transaction;
  private final AuditTrail audit;
  private final InstantSource clock;
  private final Counter delivered;
  private final Counter failed;
  private final Counter givenUp;
  private Instant lookedAfter = Instant.EPOCH;

  /** With what it works. */
  record Tools(
      NotificationRows rows,
      IFhirResourceDao<Subscription> subscriptions,
      NotificationSender sender,
      TransactionTemplate transaction,
      AuditTrail audit,
      MeterRegistry metrics) {}

  NotificationRound(Tools tools, NotificationSettings settings, InstantSource clock) {
    this.rows = tools.rows();
    this.subscriptions = tools.subscriptions();
    this.sender = tools.sender();
    this.transaction = tools.transaction();
    this.audit = tools.audit();
    this.settings = settings;
    this.clock = clock;
    this.delivered =
        counter(tools, "auscult.notifications.delivered", "Notifications that receivers took");
    this.failed =
        counter(tools, "auscult.notifications.failed", "Attempts that receivers did not take");
    this.givenUp =
        counter(tools, "auscult.notifications.given.up", "Notifications that nobody took in time");
  }

  private static Counter counter(Tools tools, String name, String what) {
    return Counter.builder(name).description(what).register(tools.metrics());
  }

  /** Tells all that is due. */
  void runAll(BooleanSupplier goesOn) {
    lookAfterSubscriptions();
    for (String subscription : rows.due(clock.instant())) {
      int told = 0;
      while (told < MOST_IN_A_ROW && goesOn.getAsBoolean() && tell(subscription)) {
        told++;
      }
    }
  }

  /** What came of one attempt. */
  private record Attempt(
      Notification notification,
      SubscriptionStatus status,
      boolean isMany,
      Optional<String> failure) {}

  /** Tells the next thing; false if there is none, or its receiver is to be left alone. */
  private boolean tell(String id) {
    Attempt attempt = transaction.execute(status -> attempt(id));
    if (attempt == null) {
      return false;
    }
    if (attempt.failure().isEmpty()) {
      if (attempt.status() == SubscriptionStatus.ERROR) {
        change(id, NotificationRound::isInError, NotificationRound::activate);
      }
      return true;
    }
    if (attempt.isMany()) {
      fail(id, attempt.failure().get());
    }
    return false;
  }

  private @Nullable Attempt attempt(String id) {
    Instant now = clock.instant();
    Optional<Integer> failures = rows.hold(id, now);
    Optional<Notification> next = failures.flatMap(held -> rows.next(id));
    if (next.isEmpty()) {
      return null;
    }
    Notification notification = next.get();
    Subscription subscription = Existing.find(subscriptions, id);
    if (subscription == null || NotificationOutbox.isOver(subscription, now)) {
      return null;
    }
    Optional<String> failure = sender.send(subscription, notification, now);
    if (failure.isEmpty()) {
      delivered.increment();
      record(notification, AuditOutcome.SUCCESS);
      rows.remove(notification);
      rows.reached(id);
      return new Attempt(notification, subscription.getStatus(), false, failure);
    }
    failed.increment();
    int inARow = failures.orElse(0) + 1;
    LOG.warn(
        "Subscription/{} was not told of version {} of DetectedIssue/{}, for the {}. time in a row:"
            + " {}",
        id,
        notification.version(),
        notification.issue(),
        inARow,
        failure.get());
    rows.missed(notification, inARow, clock.instant().plus(Backoff.after(inARow)));
    if (!notification.createdAt().plus(settings.giveUp()).isAfter(now)) {
      giveUp(notification);
    }
    return new Attempt(notification, subscription.getStatus(), inARow >= MANY, failure);
  }

  private void giveUp(Notification notification) {
    LOG.error(
        "Subscription/{} is not told of version {} of DetectedIssue/{} any more: nobody took it"
            + " within {}",
        notification.subscription(),
        notification.version(),
        notification.issue(),
        settings.giveUp());
    givenUp.increment();
    record(notification, AuditOutcome.SERIOUS_FAILURE);
    rows.remove(notification);
  }

  private void record(Notification notification, AuditOutcome outcome) {
    audit.record(
        AuditEntry.of(AuditKind.EXPORT, AuditAction.READ, "notification")
            .by(AuditAgent.server("notifications"))
            .outcome(outcome, outcome == AuditOutcome.SUCCESS ? null : "not-taken")
            .entities(
                List.of(
                    "DetectedIssue/" + notification.issue() + "/_history/" + notification.version(),
                    "Subscription/" + notification.subscription()))
            .detail("delivery", notification.id())
            .build());
  }

  /** Ends what is over, and says of what cannot be called any more that it is in error. */
  private void lookAfterSubscriptions() {
    Instant now = clock.instant();
    if (now.isBefore(lookedAfter.plus(LOOK_AFTER))) {
      return;
    }
    lookedAfter = now;
    for (String id : rows.channels()) {
      Subscription subscription = Existing.find(subscriptions, id);
      if (subscription == null) {
        transaction.executeWithoutResult(status -> rows.turnOff(id));
      } else if (NotificationOutbox.isOver(subscription, now)) {
        change(
            id,
            found -> NotificationOutbox.isOver(found, now),
            found -> {
              found.setStatus(SubscriptionStatus.OFF);
              rows.turnOff(id);
            });
      } else if (settings.at(subscription.getChannel().getEndpoint()).isEmpty()) {
        fail(id, "the operator does not list its endpoint any more");
      }
    }
  }

  private void fail(String id, String why) {
    change(
        id,
        found -> found.getStatus() == SubscriptionStatus.ACTIVE,
        found -> {
          found.setStatus(SubscriptionStatus.ERROR);
          found.setError(
              "Since about "
                  + clock.instant()
                  + " nobody can be told: "
                  + why
                  + ". It is tried again now and then; write the status requested to have it tried"
                  + " at once.");
          LOG.error("Subscription/{} is in error: {}", id, why);
        });
  }

  private static boolean isInError(Subscription subscription) {
    return subscription.getStatus() == SubscriptionStatus.ERROR;
  }

  private static void activate(Subscription subscription) {
    subscription.setStatus(SubscriptionStatus.ACTIVE);
    subscription.setError(null);
  }

  /** Changes it unless somebody else has, who then knows more; the next look sees that. */
  private void change(String id, Predicate<Subscription> isDue, Consumer<Subscription> how) {
    try {
      transaction.executeWithoutResult(
          status -> {
            Subscription found = Existing.find(subscriptions, id);
            if (found != null && isDue.test(found)) {
              how.accept(found);
              subscriptions.update(found, new SystemRequestDetails());
            }
          });
    } catch (ResourceVersionConflictException e) {
      LOG.debug("Somebody else has written Subscription/{} at once", id, e);
    }
  }
}
