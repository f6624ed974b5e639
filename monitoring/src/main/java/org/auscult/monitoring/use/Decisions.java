package org.auscult.monitoring.use;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.auscult.monitoring.use.CardOrder.Proposal;
import org.auscult.statistics.estimate.Definition;
import org.auscult.statistics.estimate.Estimate;
import org.auscult.statistics.uncertainty.Proportion;
import org.auscult.statistics.usefulness.DecisionsInScope;

/**
 * What was ordered after calls. A decision is one order of one call, of however many cards: a
 * draft, or an order that a card proposed. What is open yet, and what the record cannot tell, is
 * counted and has no say in any figure.
 */
final class Decisions {
  private static final Definition CHANGED =
      Definition.of(
          "order-changed-rate",
          "drafts of which a shown card spoke and that were changed or not ordered / those of which"
              + " it is known");
  private static final Definition CHANGED_SHOWN =
      Definition.of(
          "order-changed-rate-difference-shown",
          "share of drafts that were changed or not ordered among those of which a shown card spoke"
              + " less that among those whose cards were withheld; other patients are withheld from"
              + " than are shown to, so it is a flag and no effect");
  private static final Definition ACTED_OTHERWISE =
      Definition.of(
          "acted-otherwise-rate",
          "accepted cards of whose proposals none was done and overridden ones of which one was /"
              + " answered cards of whose proposals it is known");

  private final List<Decision> all;
  private final List<CardFate> shown;

  private Decisions(List<Decision> all, List<CardFate> shown) {
    this.all = all;
    this.shown = shown;
  }

  /** One card's say in a decision. */
  private record Say(CardFate card, CardOrder order) {}

  /** All that had a say in it; at least one. */
  private record Decision(List<Say> says) {
    boolean isShown() {
      return says.stream().anyMatch(say -> say.card().isShown());
    }

    boolean isTold() {
      return first().fate().isTold();
    }

    boolean isDraft() {
      return first().proposal() != Proposal.ADDITION;
    }

    boolean isChange() {
      return first().isChange();
    }

    private CardOrder first() {
      return says.get(0).order();
    }

    private Stream<Say> shown() {
      return says.stream().filter(say -> say.card().isShown());
    }

    boolean isProposed() {
      return shown().anyMatch(say -> say.order().proposal() != Proposal.NONE);
    }

    boolean isAsProposed() {
      return shown().anyMatch(say -> say.order().isDone());
    }

    boolean hasOutcome() {
      return shown().anyMatch(say -> say.card().hasOutcome());
    }

    /** Whether what a shown card says came true. */
    boolean isRight() {
      return shown().anyMatch(say -> say.card().hasOutcome() && say.card().isRight());
    }

    String kind() {
      return isAsProposed() ? "as-proposed" : first().fate().code();
    }
  }

  static Decisions of(List<AskedCall> calls) {
    List<Decision> all = new ArrayList<>();
    for (AskedCall call : calls) {
      Map<Integer, List<Say>> says = new TreeMap<>();
      for (CardFate card : call.cards()) {
        for (CardOrder order : card.orders()) {
          says.computeIfAbsent(order.number(), n -> new ArrayList<>()).add(new Say(card, order));
        }
      }
      says.values().forEach(some -> all.add(new Decision(List.copyOf(some))));
    }
    return new Decisions(
        all,
        calls.stream().flatMap(call -> call.cards().stream()).filter(CardFate::isShown).toList());
  }

  private long count(Predicate<Decision> which) {
    return all.stream().filter(which).count();
  }

  /** Of decisions of which a shown card spoke, by what became of them; and of answers. */
  SortedMap<String, Long> counts() {
    SortedMap<String, Long> counts = new TreeMap<>();
    all.stream()
        .filter(Decision::isShown)
        .forEach(one -> counts.merge("orders-" + one.kind(), 1L, Long::sum));
    counts.put("accepted-not-done", cards(Reply.ACCEPTED, false));
    counts.put("overridden-done", cards(Reply.OVERRIDDEN, true));
    return counts;
  }

  List<Estimate> figures() {
    List<Estimate> figures = new ArrayList<>();
    long proposed = count(d -> d.isProposed() && d.isTold());
    long asProposed = count(d -> d.isTold() && d.isAsProposed());
    figures.add(new DecisionsInScope(proposed, asProposed, 0).rates().get(0));
    figures.add(enhancement());
    Proportion ofShown = changed(true);
    figures.add(ofShown.estimate(CHANGED, "drafts"));
    figures.add(
        UseReport.difference(
            CHANGED_SHOWN,
            ofShown,
            changed(false),
            "it compares drafts of shown and of withheld cards, and has only one kind"));
    long otherwise = cards(Reply.ACCEPTED, false) + cards(Reply.OVERRIDDEN, true);
    long answered = otherwise + cards(Reply.ACCEPTED, true) + cards(Reply.OVERRIDDEN, false);
    figures.add(new Proportion(otherwise, answered).estimate(ACTED_OTHERWISE, "answered cards"));
    return figures;
  }

  private Estimate enhancement() {
    long scope = count(d -> d.isTold() && d.hasOutcome());
    long right = count(d -> d.isTold() && d.isRight());
    long changedAndRight = count(d -> d.isTold() && d.isRight() && d.isChange());
    Estimate rate = new DecisionsInScope(scope, 0, changedAndRight).rates().get(1);
    boolean isSmall = Stream.of(right, scope - right, changedAndRight).anyMatch(UseReport::isSmall);
    return isSmall ? UseReport.withheld(rate) : rate;
  }

  private Proportion changed(boolean areShown) {
    Predicate<Decision> inScope = d -> d.isDraft() && d.isTold() && d.isShown() == areShown;
    return new Proportion(count(inScope.and(Decision::isChange)), count(inScope));
  }

  /** Cards with such an answer, of whose proposals some are told of, and one was done or none. */
  private long cards(Reply reply, boolean isDone) {
    return shown.stream()
        .filter(card -> card.reply() == reply)
        .filter(card -> card.orders().stream().anyMatch(CardOrder::tells))
        .filter(card -> card.orders().stream().anyMatch(CardOrder::isDone) == isDone)
        .filter(
            card ->
                isDone
                    || card.orders().stream()
                        .filter(order -> order.proposal() != Proposal.NONE)
                        .allMatch(CardOrder::tells))
        .count();
  }
}
