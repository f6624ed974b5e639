package org.auscult.cds.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.auscult.cds.Card;
import org.auscult.cds.Card.Action;
import org.auscult.cds.Card.ActionSelectionBehavior;
import org.auscult.cds.Card.ActionType;
import org.auscult.cds.Card.Link;
import org.auscult.cds.Card.LinkType;
import org.auscult.cds.Card.SelectionBehavior;
import org.auscult.cds.Card.Suggestion;
import org.auscult.cds.CdsCoding;
import org.auscult.cds.Indicator;
import org.auscult.deployment.Hook;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What a client cannot take is left out, and nothing that it can.
 *
 * <p>Safety: 27.
 */
class ClientProfileTest {
  private static final CardParts ALL =
      new CardParts(
          true,
          EnumSet.allOf(ActionType.class),
          10,
          true,
          EnumSet.allOf(SelectionBehavior.class),
          true,
          EnumSet.allOf(LinkType.class),
          true,
          true,
          true,
          true);
  private static final Action CREATE =
      new Action(ActionType.CREATE, "order", Map.of("resourceType", "ServiceRequest"), null);
  private static final Action DELETE = new Action(ActionType.DELETE, "stop", null, "X/1");

  @Test
  void aClientThatTakesAllGetsTheCardAsItIs() {
    Card card = full(SelectionBehavior.ANY, one("a", true, CREATE), one("b", true, DELETE));

    assertThat(fit(ALL, card)).isEqualTo(card);
  }

  /** Checklist: 33. */
  @Test
  void withoutSuggestionsThereIsNoSelectionBehavior() {
    CardParts none = parts(Set.of(), Set.of(), false);

    Card fitted = fit(none, full(SelectionBehavior.ANY, one("a", true, CREATE)));

    assertThat(fitted.suggestions()).isEmpty();
    assertThat(fitted.selectionBehavior()).isNull();
    JsonNode json = json(fitted);
    assertThat(json.has("suggestions")).isFalse();
    assertThat(json.has("selectionBehavior")).isFalse();
  }

  /** Checklist: 35, 36. */
  @Test
  void aSuggestionWithAnActionThatCannotBeAppliedIsDroppedWhole() {
    CardParts creates =
        parts(Set.of(ActionType.CREATE), EnumSet.allOf(SelectionBehavior.class), false);

    Card fitted =
        fit(
            creates,
            full(
                SelectionBehavior.ANY,
                one("a", true, CREATE, DELETE),
                one("b", null, CREATE),
                one("c", null, CREATE, CREATE)));

    assertThat(fitted.suggestions()).extracting(Suggestion::label).containsExactly("b");
    assertThat(fitted.selectionBehavior()).isEqualTo(SelectionBehavior.ANY);
  }

  /** Checklist: 67. */
  @Test
  void atMostOneStandsInForAnyAndThenRecommendsNoTwo() {
    CardParts one =
        parts(EnumSet.allOf(ActionType.class), Set.of(SelectionBehavior.AT_MOST_ONE), false);

    Card fitted =
        fit(one, full(SelectionBehavior.ANY, one("a", true, CREATE), one("b", true, CREATE)));

    assertThat(fitted.selectionBehavior()).isEqualTo(SelectionBehavior.AT_MOST_ONE);
    assertThat(fitted.suggestions()).hasSize(2).allMatch(s -> s.isRecommended() == null);
  }

  @Test
  void anyNeverStandsInForAtMostOneOfSeveral() {
    CardParts any = parts(EnumSet.allOf(ActionType.class), Set.of(SelectionBehavior.ANY), false);

    Card two =
        fit(
            any,
            full(SelectionBehavior.AT_MOST_ONE, one("a", true, CREATE), one("b", null, CREATE)));
    Card one = fit(any, full(SelectionBehavior.AT_MOST_ONE, one("a", true, CREATE)));

    assertThat(two.suggestions()).isEmpty();
    assertThat(two.selectionBehavior()).isNull();
    assertThat(one.suggestions()).hasSize(1);
    assertThat(one.selectionBehavior()).isEqualTo(SelectionBehavior.ANY);
  }

  /** Checklist: 59. */
  @Test
  void actionSelectionBehaviorGoesToClientsThatDeclareItOnly() {
    Suggestion all = selecting(ActionSelectionBehavior.ALL, CREATE, DELETE);
    Suggestion single = selecting(ActionSelectionBehavior.ANY, CREATE);
    Suggestion each = selecting(ActionSelectionBehavior.ANY, CREATE, DELETE);
    Card card = full(SelectionBehavior.ANY, all, single, each);

    Card plain = fit(CardParts.VERSION_2, card);
    Card declared = fit(ALL, card);

    assertThat(plain.suggestions()).hasSize(2);
    assertThat(json(plain).toString()).doesNotContain("actionSelectionBehavior");
    assertThat(json(declared).at("/suggestions/0/actionSelectionBehavior").asText())
        .isEqualTo("all");
    assertThat(json(declared).at("/suggestions/2/actionSelectionBehavior").asText())
        .isEqualTo("any");
  }

  /** Checklist: 37, 63. */
  @Test
  void linksThatAClientCannotOpenAreLeftOut() {
    CardParts absolute =
        new CardParts(
            true,
            EnumSet.allOf(ActionType.class),
            10,
            false,
            EnumSet.allOf(SelectionBehavior.class),
            false,
            Set.of(LinkType.ABSOLUTE),
            false,
            true,
            true,
            true);
    Card card = full(SelectionBehavior.ANY, one("a", true, CREATE));

    assertThat(fit(absolute, card).links())
        .containsExactly(new Link("page", "https://x.org/p", LinkType.ABSOLUTE, null));
    JsonNode smart = json(fit(ALL, card)).at("/links/1");
    assertThat(smart.path("type").asText()).isEqualTo("smart");
    assertThat(smart.path("appContext").asText()).isEqualTo("c1");
    assertThat(smart.path("autolaunchable").asBoolean()).isTrue();
    assertThat(json(fit(CardParts.VERSION_2, card)).at("/links/1").has("autolaunchable")).isFalse();
  }

  /** Checklist: 34. */
  @Test
  void whoPostsNoFeedbackIsNotAskedForReasons() {
    CardParts silent =
        new CardParts(
            true,
            EnumSet.allOf(ActionType.class),
            10,
            false,
            EnumSet.allOf(SelectionBehavior.class),
            false,
            EnumSet.allOf(LinkType.class),
            false,
            false,
            true,
            true);
    Card card = full(SelectionBehavior.ANY, one("a", true, CREATE));

    assertThat(fit(silent, card).overrideReasons()).isEmpty();
    assertThat(json(fit(ALL, card)).at("/overrideReasons/0/display").asText()).isEqualTo("No");
  }

  /** Checklist: 39. */
  @Test
  void extensionsAreLeftOutForWhoTakesNone() {
    Card card = full(SelectionBehavior.ANY, one("a", true, CREATE));

    assertThat(json(fit(parts(Set.of(), Set.of(), true), card)).has("extension")).isFalse();
    assertThat(json(fit(ALL, card)).path("extension").has("org.auscult.x")).isTrue();
  }

  /** Checklist: 24. */
  @Test
  void changesWithoutAChoiceGoToClientsThatApplyThemOnly() {
    assertThat(profile(CardParts.VERSION_2, null).fitActions(List.of(CREATE))).isEmpty();
    assertThat(profile(ALL, null).fitActions(List.of(CREATE, DELETE))).hasSize(2);
    CardParts creates =
        new CardParts(
            true,
            Set.of(ActionType.CREATE),
            10,
            true,
            EnumSet.allOf(SelectionBehavior.class),
            false,
            Set.of(),
            false,
            true,
            true,
            true);
    assertThat(profile(creates, null).fitActions(List.of(CREATE, DELETE))).isEmpty();
    assertThat(profile(creates, null).fitActions(List.of(CREATE))).hasSize(1);
  }

  /** Checklist: 31. */
  @Test
  void theIconStandsUnderTheClientsOwnBaseUrl() {
    Card card = full(SelectionBehavior.ANY, one("a", true, CREATE));

    Card fitted = profile(ALL, "https://hooks.example.org/auscult/").fit(List.of(card)).get(0);

    assertThat(json(fitted).at("/source/icon").asText())
        .isEqualTo("https://hooks.example.org/auscult/icon.png");
    assertThat(fitted.source().url()).isEqualTo(card.source().url());
    assertThat(json(profile(ALL, null).fit(List.of(card)).get(0)).path("source").has("icon"))
        .isFalse();
  }

  @Test
  void whatTheCardSaysStays() {
    Card card = full(SelectionBehavior.ANY, one("a", true, CREATE));

    Card fitted = fit(parts(Set.of(), Set.of(), true), card);

    assertThat(fitted.uuid()).isEqualTo(card.uuid());
    assertThat(fitted.summary()).isEqualTo(card.summary());
    assertThat(fitted.indicator()).isEqualTo(card.indicator());
    assertThat(fitted.source()).isEqualTo(card.source());
    assertThat(fitted.detail()).isEqualTo("bold text");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Epic", "a b", "../x", "-a"})
  void anIdIsOnePartOfAPath(String id) {
    assertThatThrownBy(() -> client(id)).isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/hooks",
        "ftp://x.org",
        "https://u:p@x.org",
        "https://x.org?a=b",
        "https://x.org#a"
      })
  void aPublicBaseUrlIsAbsolute(String url) {
    assertThatThrownBy(() -> profile(ALL, url))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("public-base-url");
  }

  @Test
  void aFhirServerTellsWhoCallsAtThePlainPathOnly() {
    ClientProfile one = client("one", "https://one.example.org/fhir/");
    ClientProfile two = client("two", "https://two.example.org/fhir");
    Clients clients = new Clients(ClientProfile.PLAIN, List.of(one, two));

    assertThat(clients.calling(clients.plain(), "https://one.example.org/fhir")).contains(one);
    assertThat(clients.calling(clients.plain(), "https://else.example.org"))
        .contains(clients.plain());
    assertThat(clients.calling(clients.plain(), null)).contains(clients.plain());
    assertThat(clients.calling(one, null)).contains(one);
    assertThat(clients.calling(one, "https://one.example.org/fhir")).contains(one);
    assertThat(clients.calling(one, "https://else.example.org")).contains(one);
    assertThat(clients.calling(one, "https://two.example.org/fhir")).isEmpty();
    assertThat(clients.find("two")).contains(two);
    assertThat(clients.find("three")).isEmpty();
    assertThat(clients.find(ClientProfile.PLAIN_ID)).isEmpty();
  }

  /** Checklist: 46. Safety: 27. */
  @Test
  void whomATokenHasProvenIsNotTakenForAnother() {
    ClientProfile one = client("one", "https://one.example.org/fhir/");
    ClientProfile two = client("two", "https://two.example.org/fhir");
    Clients clients = new Clients(ClientProfile.PLAIN, List.of(one, two));
    ClientProfile plain = clients.plain();

    assertThat(clients.all()).containsExactly(plain, one, two);
    assertThat(clients.calling(plain, "one", null)).contains(one);
    assertThat(clients.calling(plain, "one", "https://one.example.org/fhir")).contains(one);
    assertThat(clients.calling(plain, "one", "https://else.example.org")).contains(one);
    assertThat(clients.calling(one, "one", "https://one.example.org/fhir")).contains(one);
    assertThat(clients.calling(plain, ClientProfile.PLAIN_ID, null)).contains(plain);
    assertThat(clients.calling(plain, "one", "https://two.example.org/fhir")).isEmpty();
    assertThat(clients.calling(one, "one", "https://two.example.org/fhir")).isEmpty();
    assertThat(clients.calling(plain, ClientProfile.PLAIN_ID, "https://two.example.org/fhir"))
        .isEmpty();
    assertThat(clients.calling(two, "one", null)).isEmpty();
    assertThat(clients.calling(one, ClientProfile.PLAIN_ID, null)).isEmpty();
    assertThat(clients.calling(plain, "three", null)).isEmpty();
  }

  @Test
  void clientsShareNeitherIdNorServer() {
    ClientProfile one = client("one", "https://one.example.org/fhir");
    assertThatThrownBy(
            () ->
                new Clients(
                    ClientProfile.PLAIN,
                    List.of(one, client("two", "https://ONE.example.org:443/fhir/"))))
        .hasMessageContaining("share a FHIR server");
    assertThatThrownBy(() -> new Clients(ClientProfile.PLAIN, List.of(one, client("one"))))
        .hasMessageContaining("one");
    assertThatThrownBy(() -> new Clients(one, List.of())).hasMessageContaining("default");
  }

  private static ClientProfile client(String id, String... servers) {
    return new ClientProfile(
        id,
        "A client",
        Set.of(servers),
        null,
        EnumSet.allOf(Hook.class),
        PrefetchRules.AS_ASKED,
        ALL,
        ClientProfile.USUAL_BODY_LIMIT);
  }

  private static ClientProfile profile(CardParts parts, @Nullable String base) {
    return new ClientProfile(
        "one",
        "A client",
        Set.of(),
        base,
        EnumSet.allOf(Hook.class),
        PrefetchRules.AS_ASKED,
        parts,
        ClientProfile.USUAL_BODY_LIMIT);
  }

  private static Card fit(CardParts parts, Card card) {
    return profile(parts, null).fit(List.of(card)).get(0);
  }

  private static CardParts parts(
      Set<ActionType> actions, Set<SelectionBehavior> selection, boolean bare) {
    return new CardParts(
        !actions.isEmpty(),
        actions,
        actions.size() == 1 ? 1 : 10,
        false,
        selection,
        false,
        EnumSet.allOf(LinkType.class),
        false,
        true,
        !bare,
        !bare);
  }

  private static Suggestion one(String label, @Nullable Boolean recommended, Action... actions) {
    return new Suggestion(label, UUID.randomUUID(), recommended, List.of(actions));
  }

  private static Suggestion selecting(ActionSelectionBehavior behavior, Action... actions) {
    return new Suggestion("s", UUID.randomUUID(), null, behavior, List.of(actions));
  }

  private static Card full(SelectionBehavior behavior, Suggestion... suggestions) {
    return new Card(
        UUID.randomUUID(),
        "A summary",
        "**bold** text",
        Indicator.WARNING,
        new Card.Source("S", "https://x.org/s", null),
        List.of(suggestions),
        behavior,
        List.of(new CdsCoding("urn:r", "no", "No")),
        List.of(
            new Link("page", "https://x.org/p", LinkType.ABSOLUTE, null, true),
            new Link("app", "https://x.org/a", LinkType.SMART, "c1", true)),
        Map.of("org.auscult.x", Map.of("a", 1)));
  }

  private static JsonNode json(Card card) {
    return new ObjectMapper().valueToTree(card);
  }
}
