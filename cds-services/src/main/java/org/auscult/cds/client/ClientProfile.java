package org.auscult.cds.client;

import java.net.URI;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.auscult.cds.Card;
import org.auscult.cds.fhir.FhirServers;
import org.auscult.deployment.Hook;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one calling EHR (safety rule 27).
 *
 * @param id part of its address here: {@code ehr/ID/cds-services}
 * @param name for people
 * @param fhirServers base URLs that it names in its calls, each of one client only
 * @param publicBaseUrl the root of this server as the client reaches it, without a trailing slash;
 *     null if not known: then cards have no icon. Never taken from a request
 * @param hooks that discovery offers to it and that it may call
 * @param prefetch how it is asked for data
 * @param parts of an answer that it can take
 * @param bodyLimit in bytes; a body of this size or more is refused
 * @param app id of the application to which cards link, launched from here; null if they do not
 */
public record ClientProfile(
    String id,
    String name,
    Set<String> fhirServers,
    @Nullable String publicBaseUrl,
    Set<Hook> hooks,
    PrefetchRules prefetch,
    CardParts parts,
    int bodyLimit,
    @Nullable String app) {
  /** Bodies are smaller than this, in bytes, unless configured otherwise. */
  public static final int USUAL_BODY_LIMIT = 10_000_000;

  /** The id of the profile at the plain path. */
  public static final String PLAIN_ID = "default";

  /** A client of CDS Hooks 2.0 of which nothing else is known. */
  public static final ClientProfile PLAIN =
      new ClientProfile(
          PLAIN_ID,
          "any client",
          Set.of(),
          null,
          EnumSet.allOf(Hook.class),
          PrefetchRules.AS_ASKED,
          CardParts.VERSION_2,
          USUAL_BODY_LIMIT);

  /** Where the icon of this service stands, below the public base URL. */
  public static final String ICON = "/icon.png";

  /** Where EHRs launch applications, below the public base URL; the application's id follows. */
  public static final String LAUNCH = "/launch/";

  private static final int LEAST_BODY = 10_000;
  private static final int MOST_BODY = 100_000_000;

  /**
   * @throws IllegalArgumentException if a value makes no sense; the text says which
   */
  public ClientProfile {
    Objects.requireNonNull(prefetch);
    Objects.requireNonNull(parts);
    if (!id.matches("[a-z0-9][a-z0-9-]{0,63}")) {
      throw new IllegalArgumentException(
          "a client's id has lower-case letters, digits and hyphens, not: " + id);
    }
    if (name.isBlank()) {
      throw new IllegalArgumentException("name is blank");
    }
    if (hooks.isEmpty()) {
      throw new IllegalArgumentException("hooks is empty; leave it out for all");
    }
    if (bodyLimit < LEAST_BODY || bodyLimit > MOST_BODY) {
      throw new IllegalArgumentException(
          "body-limit is " + bodyLimit + "; it takes " + LEAST_BODY + " to " + MOST_BODY);
    }
    fhirServers =
        fhirServers.stream().map(ClientProfile::server).collect(Collectors.toUnmodifiableSet());
    hooks = Set.copyOf(hooks);
    publicBaseUrl = publicBaseUrl == null ? null : root(publicBaseUrl);
    if (app != null && !app.matches("[A-Za-z0-9._~-]{1,128}")) {
      throw new IllegalArgumentException("launch.app takes the id of a registered application");
    }
  }

  /** An EHR whose cards link to no application. */
  public ClientProfile(
      String id,
      String name,
      Set<String> fhirServers,
      @Nullable String publicBaseUrl,
      Set<Hook> hooks,
      PrefetchRules prefetch,
      CardParts parts,
      int bodyLimit) {
    this(id, name, fhirServers, publicBaseUrl, hooks, prefetch, parts, bodyLimit, null);
  }

  private static String server(String url) {
    try {
      return FhirServers.canonical(url);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "fhir-servers takes FHIR base URLs, http or https, without user, query or fragment", e);
    }
  }

  private static String root(String url) {
    URI uri = URI.create(url.strip());
    String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
    if (uri.getHost() == null
        || !(scheme.equals("https") || scheme.equals("http"))
        || uri.getRawUserInfo() != null
        || uri.getRawQuery() != null
        || uri.getRawFragment() != null) {
      throw new IllegalArgumentException(
          "public-base-url takes an absolute http or https URL without user, query or fragment");
    }
    return uri.toString().replaceAll("/+$", "");
  }

  /** The same, reached at another root. */
  public ClientProfile reachedAt(@Nullable String root) {
    return new ClientProfile(id, name, fhirServers, root, hooks, prefetch, parts, bodyLimit, app);
  }

  /** The same, with cards that link to an application. */
  public ClientProfile withApp(@Nullable String linked) {
    return new ClientProfile(
        id, name, fhirServers, publicBaseUrl, hooks, prefetch, parts, bodyLimit, linked);
  }

  /** Whether the client may call this hook. */
  public boolean offers(Hook hook) {
    return hooks.contains(hook);
  }

  /** The address at which the client finds its services, below the root. */
  public String servicesPath() {
    return id.equals(PLAIN_ID) ? "/cds-services" : "/ehr/" + id + "/cds-services";
  }

  /**
   * The address at which the client calls here, as it is configured.
   *
   * @param below what is added to that of discovery, such as {@code /cvd-risk/feedback}
   * @return null if nobody knows the root
   */
  public @Nullable String endpoint(String below) {
    return publicBaseUrl == null ? null : publicBaseUrl + servicesPath() + below;
  }

  /** The cards as this client can take them, in the same order. Pure. */
  public List<Card> fit(List<Card> cards) {
    return cards.stream().map(this::withLink).map(parts::fit).map(this::withIcon).toList();
  }

  /** The actions to apply without a user's choice: none for a client that does not say it can. */
  public List<Card.Action> fitActions(List<Card.Action> actions) {
    return parts.fitActions(actions);
  }

  /** What the application is told of the card is its id alone, which names nobody. */
  private Card withLink(Card card) {
    return publicBaseUrl == null || app == null
        ? card
        : CardParts.withLink(
            card,
            new Card.Link(
                "Show details",
                publicBaseUrl + LAUNCH + app,
                Card.LinkType.SMART,
                card.uuid().toString()));
  }

  private Card withIcon(Card card) {
    Card.Source source = card.source();
    if (publicBaseUrl == null || source.icon() != null) {
      return card;
    }
    return CardParts.withSource(
        card, new Card.Source(source.label(), source.url(), publicBaseUrl + ICON, source.topic()));
  }
}
