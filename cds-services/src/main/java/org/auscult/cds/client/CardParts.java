package org.auscult.cds.client;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.auscult.cds.Card;
import org.auscult.cds.Card.Action;
import org.auscult.cds.Card.ActionSelectionBehavior;
import org.auscult.cds.Card.ActionType;
import org.auscult.cds.Card.Link;
import org.auscult.cds.Card.LinkType;
import org.auscult.cds.Card.SelectionBehavior;
import org.auscult.cds.Card.Suggestion;
import org.jspecify.annotations.Nullable;

/**
 * The parts of an answer that a client can take. What it cannot is left out or put more plainly,
 * never so that a user could do what the card does not offer. What a card says stays as it is.
 *
 * @param suggestions whether it shows any
 * @param actions the kinds of change that it can apply; a suggestion with any other is dropped
 *     whole
 * @param systemActions whether it applies changes without a user's choice
 * @param selection how many suggestions it lets users take
 * @param actionSelection whether it knows a suggestion's {@code actionSelectionBehavior} (3.0)
 * @param links the kinds of link that it opens
 * @param autolaunch whether it knows a link's {@code autolaunchable} (3.0)
 * @param feedback whether it posts feedback; if not, users are not asked for reasons
 * @param markdown whether it shows Markdown in a card's detail; if not, it gets plain text
 * @param extensions whether it takes extensions
 */
public record CardParts(
    boolean suggestions,
    Set<ActionType> actions,
    int actionsPerSuggestion,
    boolean systemActions,
    Set<SelectionBehavior> selection,
    boolean actionSelection,
    Set<LinkType> links,
    boolean autolaunch,
    boolean feedback,
    boolean markdown,
    boolean extensions) {
  /** CDS Hooks 2.0; changes without a user's choice are not made unless a client asks for them. */
  public static final CardParts VERSION_2 =
      new CardParts(
          true,
          EnumSet.allOf(ActionType.class),
          Integer.MAX_VALUE,
          false,
          EnumSet.allOf(SelectionBehavior.class),
          false,
          EnumSet.allOf(LinkType.class),
          false,
          true,
          true,
          true);

  public CardParts {
    actions = Set.copyOf(actions);
    selection = Set.copyOf(selection);
    links = Set.copyOf(links);
    if (actionsPerSuggestion < 1) {
      throw new IllegalArgumentException(
          "actions-per-suggestion is " + actionsPerSuggestion + "; it takes 1 and more");
    }
  }

  /** A card as the client can take it. */
  Card fit(Card card) {
    List<Suggestion> kept = suggestions(card);
    SelectionBehavior behavior = kept.isEmpty() ? null : behavior(card);
    return new Card(
        card.uuid(),
        card.summary(),
        markdown ? card.detail() : PlainText.of(card.detail()),
        card.indicator(),
        card.source(),
        behavior == SelectionBehavior.AT_MOST_ONE ? withOneRecommended(kept) : kept,
        behavior,
        feedback ? card.overrideReasons() : List.of(),
        card.links().stream().filter(l -> links.contains(l.type())).map(this::fit).toList(),
        extensions ? card.extension() : Map.of());
  }

  private List<Suggestion> suggestions(Card card) {
    if (!suggestions || (card.selectionBehavior() != null && behavior(card) == null)) {
      return List.of();
    }
    return card.suggestions().stream().flatMap(s -> fit(s).stream()).toList();
  }

  /**
   * At most one instead of any is a choice less, which is safe. Any instead of at most one is safe
   * only where there is one; otherwise there is no safe way, and null.
   */
  private @Nullable SelectionBehavior behavior(Card card) {
    SelectionBehavior asked = card.selectionBehavior();
    if (asked == null || selection.contains(asked)) {
      return asked;
    }
    if (asked == SelectionBehavior.ANY && selection.contains(SelectionBehavior.AT_MOST_ONE)) {
      return SelectionBehavior.AT_MOST_ONE;
    }
    return selection.contains(SelectionBehavior.ANY) && card.suggestions().size() == 1
        ? SelectionBehavior.ANY
        : null;
  }

  /** Of several recommended ones none is, where only one may be taken. */
  private static List<Suggestion> withOneRecommended(List<Suggestion> kept) {
    long recommended = kept.stream().filter(s -> Boolean.TRUE.equals(s.isRecommended())).count();
    return recommended <= 1
        ? kept
        : kept.stream()
            .map(
                s ->
                    new Suggestion(
                        s.label(), s.uuid(), null, s.actionSelectionBehavior(), s.actions()))
            .toList();
  }

  /** All actions of a suggestion belong together: what cannot be applied whole is not offered. */
  private Optional<Suggestion> fit(Suggestion suggestion) {
    ActionSelectionBehavior behavior = suggestion.actionSelectionBehavior();
    boolean eachForItself =
        behavior == ActionSelectionBehavior.ANY && suggestion.actions().size() > 1;
    if (suggestion.actions().size() > actionsPerSuggestion
        || !suggestion.actions().stream().allMatch(a -> actions.contains(a.type()))
        || (eachForItself && !actionSelection)) {
      return Optional.empty();
    }
    return Optional.of(
        actionSelection || behavior == null
            ? suggestion
            : new Suggestion(
                suggestion.label(),
                suggestion.uuid(),
                suggestion.isRecommended(),
                suggestion.actions()));
  }

  private Link fit(Link link) {
    return autolaunch || link.autolaunchable() == null
        ? link
        : new Link(link.label(), link.url(), link.type(), link.appContext());
  }

  /** All of them, or none. */
  List<Action> fitActions(List<Action> asked) {
    boolean all = systemActions && asked.stream().allMatch(a -> actions.contains(a.type()));
    return all ? List.copyOf(asked) : List.of();
  }

  static Card withLink(Card card, Link link) {
    List<Link> links = new ArrayList<>(card.links());
    links.add(link);
    return new Card(
        card.uuid(),
        card.summary(),
        card.detail(),
        card.indicator(),
        card.source(),
        card.suggestions(),
        card.selectionBehavior(),
        card.overrideReasons(),
        links,
        card.extension());
  }

  static Card withSource(Card card, Card.Source source) {
    return new Card(
        card.uuid(),
        card.summary(),
        card.detail(),
        card.indicator(),
        source,
        card.suggestions(),
        card.selectionBehavior(),
        card.overrideReasons(),
        card.links(),
        card.extension());
  }
}
