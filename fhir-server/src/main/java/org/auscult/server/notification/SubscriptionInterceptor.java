package org.auscult.server.notification;

import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import ca.uhn.fhir.rest.api.server.IPreResourceAccessDetails;
import ca.uhn.fhir.rest.api.server.IPreResourceShowDetails;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.api.server.SystemRequestDetails;
import ca.uhn.fhir.rest.server.exceptions.ForbiddenOperationException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.auscult.access.Requester;
import org.auscult.access.Role;
import org.auscult.feature.fhir.Problem;
import org.auscult.feature.fhir.Profiles;
import org.auscult.server.feature.Refused;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.Subscription;
import org.hl7.fhir.r4.model.Subscription.SubscriptionStatus;
import org.jspecify.annotations.Nullable;

/**
 * How Subscriptions of monitoring are written: checked, with all reasons at once, and on as soon as
 * somebody requests them. A client that is no person writes and sees those alone that tell its own
 * receiver; a Subscription of anything else is an administrator's, and delivers nothing.
 */
@Interceptor
public final class SubscriptionInterceptor {
  private static final String REFUSED = "The Subscription is refused";

  private final SubscriptionChecks checks;
  private final NotificationRows rows;
  private final NotificationSettings settings;
  private final InstantSource clock;

  SubscriptionInterceptor(
      SubscriptionChecks checks,
      NotificationRows rows,
      NotificationSettings settings,
      InstantSource clock) {
    this.checks = checks;
    this.rows = rows;
    this.settings = settings;
    this.clock = clock;
  }

  @Hook(Pointcut.STORAGE_PRESTORAGE_RESOURCE_CREATED)
  public void creating(IBaseResource resource, @Nullable RequestDetails request) {
    if (isOfOthers(request) && resource instanceof Subscription subscription) {
      requireOwn(subscription, request);
      if (isOurs(subscription)) {
        Refused.ifAny(
            REFUSED, checks.problems(subscription, null, requester(request), clock.instant()));
        accept(subscription);
      }
    }
  }

  @Hook(Pointcut.STORAGE_PRECOMMIT_RESOURCE_CREATED)
  public void created(IBaseResource resource) {
    if (resource instanceof Subscription subscription && isOurs(subscription)) {
      settle(subscription);
    }
  }

  @Hook(Pointcut.STORAGE_PRESTORAGE_RESOURCE_UPDATED)
  public void updating(
      IBaseResource before, IBaseResource after, @Nullable RequestDetails request) {
    if (!isOfOthers(request)
        || !(before instanceof Subscription former)
        || !(after instanceof Subscription subscription)) {
      return;
    }
    requireOwn(former, request);
    requireOwn(subscription, request);
    if (!isOurs(former) && !isOurs(subscription)) {
      return;
    }
    List<Problem> problems = new ArrayList<>();
    if (!isOurs(former) || !isOurs(subscription)) {
      problems.add(
          new Problem(
              "Subscription.meta.profile",
              "what a Subscription is of does not change",
              "Write a new one."));
    }
    problems.addAll(checks.problems(subscription, former, requester(request), clock.instant()));
    Refused.ifAny(REFUSED, problems);
    boolean isAsked = subscription.getStatus() != former.getStatus();
    accept(subscription);
    if (isAsked) {
      settle(subscription);
    }
  }

  @Hook(Pointcut.STORAGE_PRESTORAGE_RESOURCE_DELETED)
  public void deleting(IBaseResource resource, @Nullable RequestDetails request) {
    if (resource instanceof Subscription subscription) {
      if (isOfOthers(request)) {
        requireOwn(subscription, request);
      }
      if (isOurs(subscription)) {
        rows.turnOff(subscription.getIdElement().getIdPart());
      }
    }
  }

  /** Before results count. */
  @Hook(Pointcut.STORAGE_PREACCESS_RESOURCES)
  public void find(IPreResourceAccessDetails found, @Nullable RequestDetails request) {
    for (int i = 0; i < found.size(); i++) {
      if (isHidden(found.getResource(i), request)) {
        found.setDontReturnResourceAtIndex(i);
      }
    }
  }

  @Hook(Pointcut.STORAGE_PRESHOW_RESOURCES)
  public void show(IPreResourceShowDetails shown, @Nullable RequestDetails request) {
    for (int i = 0; i < shown.size(); i++) {
      if (isHidden(shown.getResource(i), request)) {
        shown.setResource(i, null);
      }
    }
  }

  private static void accept(Subscription subscription) {
    if (subscription.getStatus() == SubscriptionStatus.REQUESTED) {
      subscription.setStatus(SubscriptionStatus.ACTIVE);
    }
    if (subscription.getStatus() != SubscriptionStatus.ERROR) {
      subscription.setError(null);
    }
  }

  private void settle(Subscription subscription) {
    String id = subscription.getIdElement().getIdPart();
    if (subscription.getStatus() == SubscriptionStatus.ACTIVE) {
      rows.turnOn(id);
    } else if (subscription.getStatus() == SubscriptionStatus.OFF) {
      rows.turnOff(id);
    }
  }

  private static boolean isOurs(Subscription subscription) {
    return Profiles.claims(subscription, NotificationUrls.SUBSCRIPTION);
  }

  private static boolean isOfOthers(@Nullable RequestDetails request) {
    return request != null && !(request instanceof SystemRequestDetails);
  }

  private static @Nullable Requester requester(@Nullable RequestDetails request) {
    return request != null && request.getAttribute(Requester.ATTRIBUTE) instanceof Requester who
        ? who
        : null;
  }

  private void requireOwn(Subscription subscription, @Nullable RequestDetails request) {
    Requester who = requester(request);
    if (who != null && !isOwn(subscription, who)) {
      throw new ForbiddenOperationException(
          isOurs(subscription)
              ? "This client writes Subscriptions of its own receiver alone, which the operator"
                  + " lists for it in auscult.notifications.receivers."
              : "Only administrators write Subscriptions of anything but monitoring; of monitoring"
                  + " they are of the profile monitoring-subscription.");
    }
  }

  private boolean isHidden(@Nullable IBaseResource resource, @Nullable RequestDetails request) {
    Requester who = isOfOthers(request) ? requester(request) : null;
    return who != null
        && resource instanceof Subscription subscription
        && !isOwn(subscription, who);
  }

  /** A person's by the role, a client's by the endpoint. */
  private boolean isOwn(Subscription subscription, Requester who) {
    if (who.roles().contains(Role.ADMINISTRATOR)) {
      return true;
    }
    return isOurs(subscription)
        && (who.roles().contains(Role.INFORMATICIST)
            || settings
                .at(subscription.getChannel().getEndpoint())
                .filter(receiver -> who.client().equals(receiver.client()))
                .isPresent());
  }
}
