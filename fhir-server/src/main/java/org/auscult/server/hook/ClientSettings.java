package org.auscult.server.hook;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.auscult.cds.Card.ActionType;
import org.auscult.cds.Card.LinkType;
import org.auscult.cds.Card.SelectionBehavior;
import org.auscult.cds.client.CardParts;
import org.auscult.cds.client.ClientProfile;
import org.auscult.cds.client.Clients;
import org.auscult.cds.client.PrefetchRules;
import org.auscult.deployment.Hook;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What an operator may set for each calling EHR, by its id; checked at start, documented in {@code
 * docs/configuration.md}.
 *
 * @param clients by id; {@code default} is for the plain path
 */
@ConfigurationProperties("auscult")
public record ClientSettings(@DefaultValue Map<String, Client> clients) {
  /**
   * One EHR. What is left out is as CDS Hooks 2.0 has it.
   *
   * @param name null for its id
   * @param fhirServers that it names in its calls
   * @param publicBaseUrl the root of this server as it reaches it
   * @param hooks offered to it; none: all
   * @param markdown whether it shows Markdown
   * @param actions kinds of change that it applies; none: all
   * @param origins of browser pages that may call for it; {@code *}: all
   * @param launch of this, the application to which its cards link
   */
  public record Client(
      @Nullable String name,
      @DefaultValue List<String> fhirServers,
      @Nullable String publicBaseUrl,
      @DefaultValue List<String> hooks,
      @DefaultValue Prefetch prefetch,
      @DefaultValue("10000000") int bodyLimit,
      @DefaultValue("true") boolean suggestions,
      @DefaultValue List<ActionType> actions,
      @DefaultValue("1000") int actionsPerSuggestion,
      @DefaultValue("false") boolean systemActions,
      @DefaultValue({"any", "at-most-one"}) List<SelectionBehavior> selectionBehavior,
      @DefaultValue("false") boolean actionSelectionBehavior,
      @DefaultValue({"absolute", "smart"}) List<LinkType> links,
      @DefaultValue("false") boolean autolaunchable,
      @DefaultValue("true") boolean feedback,
      @DefaultValue("true") boolean markdown,
      @DefaultValue("true") boolean extensions,
      @DefaultValue("*") List<String> origins,
      @DefaultValue AppLaunch launch) {
    /**
     * @throws IllegalArgumentException if an origin is none
     */
    public Client {
      for (String origin : origins) {
        if (!origin.matches("\\*|https?://[^/?#@\\s*]+")) {
          throw new IllegalArgumentException(
              "origins takes * or origins such as https://ehr.example.org, without a path, not: "
                  + origin);
        }
      }
    }

    ClientProfile profile(String id, @Nullable String usualBaseUrl) {
      Set<Hook> offered = new LinkedHashSet<>();
      for (String hook : hooks) {
        offered.add(
            Hook.of(hook)
                .orElseThrow(
                    () ->
                        new IllegalArgumentException(
                            "hooks takes names of hooks such as patient-view, not: " + hook)));
      }
      return new ClientProfile(
              id,
              name == null ? id : name,
              Set.copyOf(fhirServers),
              publicBaseUrl == null ? usualBaseUrl : publicBaseUrl,
              offered.isEmpty() ? EnumSet.allOf(Hook.class) : offered,
              prefetch.rules(),
              parts(),
              bodyLimit)
          .withApp(launch.app());
    }

    private CardParts parts() {
      return new CardParts(
          suggestions,
          actions.isEmpty() ? EnumSet.allOf(ActionType.class) : Set.copyOf(actions),
          actionsPerSuggestion,
          systemActions,
          Set.copyOf(selectionBehavior),
          actionSelectionBehavior,
          Set.copyOf(links),
          autolaunchable,
          feedback,
          markdown,
          extensions);
    }
  }

  /**
   * What hooks need to know of launches from an EHR.
   *
   * @param app id of the application to which cards link; null if they do not
   */
  public record AppLaunch(@Nullable String app) {}

  /**
   * How an EHR is asked for data.
   *
   * @param codesPerQuery at the most; 0 for as many as fit
   * @param include whether it follows {@code _include}
   * @param count {@code _count} of each search; 0 for none
   * @param relativeDates whether it knows {@code today()}
   * @param templates by key, the queries that replace ours
   * @param harmlessOutcomes codes of warnings that leave an answer complete
   */
  public record Prefetch(
      @DefaultValue("0") int codesPerQuery,
      @DefaultValue("true") boolean include,
      @DefaultValue("0") int count,
      @DefaultValue("false") boolean relativeDates,
      @DefaultValue Map<String, List<String>> templates,
      @DefaultValue List<String> harmlessOutcomes) {

    PrefetchRules rules() {
      return new PrefetchRules(
          codesPerQuery, include, count, relativeDates, templates, Set.copyOf(harmlessOutcomes));
    }
  }

  /**
   * The clients as they are configured.
   *
   * @param usualBaseUrl the root of this server for clients that do not say another; null if nobody
   *     knows it
   * @throws IllegalArgumentException naming the key that is wrong
   */
  Clients asClients(@Nullable String usualBaseUrl) {
    return asClients(usualBaseUrl, Set.of());
  }

  /**
   * The clients as they are configured.
   *
   * @param named ids of clients of which something else is configured: they have the usual profile
   *     where they have none here
   */
  Clients asClients(@Nullable String usualBaseUrl, Set<String> named) {
    Map<String, ClientProfile> profiles = new LinkedHashMap<>();
    clients.forEach((id, client) -> profiles.put(id, profile(id, client, usualBaseUrl)));
    named.forEach(id -> profiles.computeIfAbsent(id, i -> usual(i, usualBaseUrl)));
    ClientProfile plain = profiles.remove(ClientProfile.PLAIN_ID);
    try {
      return new Clients(
          plain == null ? ClientProfile.PLAIN.reachedAt(usualBaseUrl) : plain,
          new ArrayList<>(profiles.values()));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("auscult.clients: " + e.getMessage(), e);
    }
  }

  /** Origins by client, for those that do not allow all. */
  Map<String, List<String>> origins() {
    Map<String, List<String>> origins = new LinkedHashMap<>();
    clients.forEach(
        (id, client) -> {
          if (!client.origins().contains("*")) {
            origins.put(id, client.origins());
          }
        });
    return origins;
  }

  private static ClientProfile usual(String id, @Nullable String usualBaseUrl) {
    try {
      return new ClientProfile(
          id,
          id,
          Set.of(),
          usualBaseUrl,
          EnumSet.allOf(Hook.class),
          PrefetchRules.AS_ASKED,
          CardParts.VERSION_2,
          ClientProfile.USUAL_BODY_LIMIT);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("auscult.clients." + id + ": " + e.getMessage(), e);
    }
  }

  private static ClientProfile profile(String id, Client client, @Nullable String usualBaseUrl) {
    try {
      return client.profile(id, usualBaseUrl);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("auscult.clients." + id + ": " + e.getMessage(), e);
    }
  }
}
