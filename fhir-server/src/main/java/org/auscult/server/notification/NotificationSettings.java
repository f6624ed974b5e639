package org.auscult.server.notification;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Whom an operator lets be told of what monitoring finds.
 *
 * @param interval between two looks at what is to be told
 * @param giveUp what could not be told for so long is given up
 * @param receivers by names of the operator; to nobody else is anything sent
 */
@ConfigurationProperties("auscult.notifications")
public record NotificationSettings(
    @DefaultValue("1s") Duration interval,
    @DefaultValue("72h") Duration giveUp,
    @DefaultValue Map<String, Receiver> receivers) {
  private static final Set<String> SCHEMES = Set.of("https", "http");

  /**
   * Who may be told.
   *
   * @param endpoint the URL that is called; http counts, too, since the operator has written it
   * @param client id of the registered client whose receiver it is, a model's vendor; null if it is
   *     the site's own
   * @param models {@code url|version}, or {@code url} for every version: of other models nothing is
   *     sent; none: of all, which a vendor never gets
   */
  public record Receiver(
      String endpoint, @Nullable String client, @DefaultValue List<String> models) {
    public Receiver {
      models = List.copyOf(models);
    }

    /**
     * Whether it may be told of a model.
     *
     * @param model {@code url|version}; null of what is about no model
     */
    boolean mayHearOf(@Nullable String model) {
      return models.isEmpty()
          || (model != null
              && models.stream().anyMatch(m -> model.equals(m) || model.startsWith(m + "|")));
    }
  }

  public NotificationSettings {
    if (interval.toMillis() < 100 || interval.toDays() > 1) {
      throw new IllegalArgumentException(
          "auscult.notifications.interval is " + interval + "; it takes 100ms to 24h");
    }
    if (giveUp.toHours() < 1 || giveUp.toDays() > 31) {
      throw new IllegalArgumentException(
          "auscult.notifications.give-up is " + giveUp + "; it takes 1h to 31d");
    }
    receivers = Map.copyOf(receivers);
    Set<String> endpoints = new HashSet<>();
    receivers.forEach((name, receiver) -> check(name, receiver, endpoints));
  }

  private static void check(String name, Receiver receiver, Set<String> endpoints) {
    String key = "auscult.notifications.receivers." + name;
    if (!isCallable(receiver.endpoint())) {
      throw new IllegalArgumentException(
          key
              + ".endpoint is "
              + receiver.endpoint()
              + "; it takes an absolute https or http URL without user, query, fragment and slash"
              + " at its end");
    }
    if (!endpoints.add(receiver.endpoint())) {
      throw new IllegalArgumentException(key + ".endpoint is another receiver's, too");
    }
    if (receiver.client() != null && receiver.models().isEmpty()) {
      throw new IllegalArgumentException(
          key + ".models is missing; a client is told of the models that are named alone");
    }
  }

  private static boolean isCallable(String endpoint) {
    try {
      URI uri = new URI(endpoint);
      return SCHEMES.contains(String.valueOf(uri.getScheme()))
          && uri.getHost() != null
          && uri.getRawUserInfo() == null
          && uri.getRawQuery() == null
          && uri.getRawFragment() == null
          && !endpoint.endsWith("/")
          && uri.normalize().equals(uri);
    } catch (URISyntaxException e) {
      return false;
    }
  }

  /** The receiver at exactly this URL. */
  Optional<Receiver> at(@Nullable String endpoint) {
    return receivers.values().stream().filter(r -> r.endpoint().equals(endpoint)).findFirst();
  }
}
