package org.auscult.server.notification;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import org.auscult.server.caller.GuardedHttp;
import org.auscult.server.config.PublicUrls;
import org.auscult.server.notification.signed.NotificationSignatures;
import org.hl7.fhir.r4.model.Subscription;

/**
 * Tells a receiver over HTTP: of a Subscription without payload an empty POST of its endpoint, of
 * another one a PUT of the issue below it.
 *
 * <p>Source: FHIR R4, Subscription, channel rest-hook.
 */
final class NotificationSender {
  /** The header that proves who tells. */
  static final String SIGNATURE = "Auscult-Notification";

  static final String FHIR_JSON = "application/fhir+json";

  private final GuardedHttp http;
  private final NotificationSignatures signatures;
  private final NotificationSettings settings;
  private final PublicUrls urls;

  NotificationSender(
      GuardedHttp http,
      NotificationSignatures signatures,
      NotificationSettings settings,
      PublicUrls urls) {
    this.http = http;
    this.signatures = signatures;
    this.settings = settings;
    this.urls = urls;
  }

  /**
   * Tells it once.
   *
   * @return why it was not taken, in words of ours; empty if it was
   */
  Optional<String> send(Subscription subscription, Notification notification, Instant now) {
    String endpoint = subscription.getChannel().getEndpoint();
    if (settings.at(endpoint).isEmpty()) {
      return Optional.of("the operator does not list its endpoint any more");
    }
    boolean isPing = !subscription.getChannel().hasPayload();
    byte[] body = isPing ? new byte[0] : notification.payload().getBytes(StandardCharsets.UTF_8);
    URI address =
        URI.create(isPing ? endpoint : endpoint + "/DetectedIssue/" + notification.issue());
    HttpRequest.Builder request =
        HttpRequest.newBuilder(address)
            .header(SIGNATURE, signatures.sign(urls.root(), address, notification.id(), body, now));
    if (isPing) {
      request.POST(BodyPublishers.noBody());
    } else {
      request.header("Content-Type", FHIR_JSON).PUT(BodyPublishers.ofByteArray(body));
    }
    try {
      int status = http.send(request.build(), URI.create(endpoint)).status();
      return status / 100 == 2
          ? Optional.empty()
          : Optional.of("it answered with status " + status);
    } catch (IOException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }
}
