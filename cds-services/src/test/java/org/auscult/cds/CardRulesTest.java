package org.auscult.cds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.auscult.cds.Card.Action;
import org.auscult.cds.Card.ActionType;
import org.auscult.cds.Card.Link;
import org.auscult.cds.Card.LinkType;
import org.auscult.cds.Card.SelectionBehavior;
import org.auscult.cds.Card.Suggestion;
import org.auscult.deployment.Thresholds;
import org.auscult.display.Urgency;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What CDS Hooks 2.0 says of cards, whoever makes them. */
class CardRulesTest {
  private static final String URL = "https://example.org/app";

  private static Card card(
      String summary, List<Suggestion> suggestions, @Nullable SelectionBehavior behavior) {
    return new Card(
        UUID.randomUUID(),
        summary,
        "detail",
        Indicator.INFO,
        new Card.Source("label", URL, null),
        suggestions,
        behavior,
        List.of(),
        List.of(),
        Map.of());
  }

  private static Suggestion suggestion(@Nullable Boolean recommended) {
    return new Suggestion("label", UUID.randomUUID(), recommended, List.of());
  }

  /** Checklist: 26. */
  @Test
  @DisplayName("26: a summary has 1 to 139 characters, however many bytes each takes")
  void aSummaryIsShort() {
    assertThatCode(() -> card("😀".repeat(139), List.of(), null)).doesNotThrowAnyException();
    for (String wrong : List.of("x".repeat(140), "", " ")) {
      assertThatIllegalArgumentException().isThrownBy(() -> card(wrong, List.of(), null));
    }
  }

  /** Checklist: 33. */
  @Test
  @DisplayName("33: suggestions and their selection behaviour go together")
  void suggestionsSayHowManyMayBeTaken() {
    List<Suggestion> one = List.of(suggestion(null));
    assertThat(card("s", one, SelectionBehavior.ANY).suggestions()).isEqualTo(one);
    assertThatIllegalArgumentException().isThrownBy(() -> card("s", one, null));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> card("s", List.of(), SelectionBehavior.ANY));
  }

  /** Checklist: 67. */
  @Test
  @DisplayName("67: where one may be taken, one may be recommended")
  void oneOfAtMostOneIsRecommended() {
    List<Suggestion> one = List.of(suggestion(true), suggestion(false), suggestion(null));
    List<Suggestion> two = List.of(suggestion(true), suggestion(true));
    assertThatCode(() -> card("s", one, SelectionBehavior.AT_MOST_ONE)).doesNotThrowAnyException();
    assertThatCode(() -> card("s", two, SelectionBehavior.ANY)).doesNotThrowAnyException();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> card("s", two, SelectionBehavior.AT_MOST_ONE));
  }

  /** Checklist: 36. */
  @Test
  @DisplayName("36: create and update carry a resource, delete an id, and none both")
  void anActionCarriesWhatItsTypeNeeds() {
    Map<String, Object> resource = Map.of("resourceType", "ServiceRequest");
    for (ActionType type : List.of(ActionType.CREATE, ActionType.UPDATE)) {
      assertThat(new Action(type, "d", resource, null).resource()).isEqualTo(resource);
      assertThatIllegalArgumentException().isThrownBy(() -> new Action(type, "d", null, null));
      assertThatIllegalArgumentException().isThrownBy(() -> new Action(type, "d", resource, "a/1"));
    }
    assertThat(new Action(ActionType.DELETE, "d", null, "a/1").resourceId()).isEqualTo("a/1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Action(ActionType.DELETE, "d", null, null));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Action(ActionType.DELETE, "d", resource, "a/1"));
  }

  /** Checklist: 30, 37. */
  @Test
  @DisplayName("30, 37: a link is absolute, and only an app gets a context")
  void aLinkIsAbsolute() {
    assertThat(new Link("l", URL, LinkType.SMART, "context").appContext()).isEqualTo("context");
    assertThat(new Link("l", URL, LinkType.ABSOLUTE, null).url()).isEqualTo(URL);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Link("l", URL, LinkType.ABSOLUTE, "context"));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Link("l", "/app", LinkType.SMART, null));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Card.Source("label", "publication.html", null));
  }

  @Test
  @DisplayName("codes are spelled as CDS Hooks spells them")
  void codesAreTheSpecifications() {
    assertThat(SelectionBehavior.AT_MOST_ONE.code()).isEqualTo("at-most-one");
    assertThat(ActionType.DELETE.code()).isEqualTo("delete");
    assertThat(LinkType.SMART.code()).isEqualTo("smart");
  }

  /** Checklist: 28. */
  @Test
  @DisplayName("28: a threshold belongs to the band above it")
  void aThresholdBelongsToTheBandAbove() {
    Thresholds thresholds = new Thresholds(7.5, 20);
    assertThat(thresholds.urgency(7.4)).isEqualTo(Urgency.INFO);
    assertThat(thresholds.urgency(7.5)).isEqualTo(Urgency.WARNING);
    assertThat(thresholds.urgency(19.9)).isEqualTo(Urgency.WARNING);
    assertThat(thresholds.urgency(20)).isEqualTo(Urgency.CRITICAL);
    assertThat(new Thresholds(5, 5).urgency(5)).isEqualTo(Urgency.CRITICAL);
    assertThatIllegalArgumentException().isThrownBy(() -> new Thresholds(6, 5));
    assertThatIllegalArgumentException().isThrownBy(() -> new Thresholds(Double.NaN, 5));
  }
}
