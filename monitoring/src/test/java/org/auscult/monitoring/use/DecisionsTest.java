package org.auscult.monitoring.use;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.auscult.monitoring.performance.Standing;
import org.auscult.monitoring.use.CardOrder.Proposal;
import org.auscult.order.OrderFate;
import org.auscult.statistics.estimate.Estimate;
import org.auscult.statistics.estimate.Reason;
import org.auscult.statistics.uncertainty.Proportion;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class DecisionsTest {
  private final List<AskedCall> calls = new ArrayList<>();

  private static CardFate card(
      @Nullable String withheld, Reply reply, Standing standing, CardOrder... orders) {
    return new CardFate(withheld, true, true, reply, null, standing, List.of(orders));
  }

  private static CardOrder order(int number, Proposal proposal, OrderFate fate) {
    return new CardOrder(number, proposal, fate);
  }

  private void add(int times, CardFate... cards) {
    IntStream.range(0, times)
        .forEach(i -> calls.add(new AskedCall("p" + calls.size(), "u", Map.of(), List.of(cards))));
  }

  private Estimate figure(String name) {
    return UseReport.of(calls).figures().stream()
        .filter(figure -> figure.definition().name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  /** A draft of which a card with this say was shown. */
  private void drafts(int times, Proposal proposal, OrderFate fate) {
    add(times, card(null, Reply.NONE, Standing.NOT_OBSERVED, order(0, proposal, fate)));
  }

  @Test
  void whatWasDoneAsACardProposedIsReplaced() {
    drafts(30, Proposal.REMOVAL, OrderFate.NOT_ORDERED);
    drafts(10, Proposal.REMOVAL, OrderFate.UNCHANGED);
    drafts(10, Proposal.REMOVAL, OrderFate.CHANGED);
    drafts(25, Proposal.ADDITION, OrderFate.ORDERED);
    drafts(25, Proposal.ADDITION, OrderFate.NOT_ORDERED);
    drafts(40, Proposal.NONE, OrderFate.NOT_ORDERED);
    drafts(40, Proposal.REMOVAL, OrderFate.OPEN);
    drafts(40, Proposal.ADDITION, OrderFate.UNTOLD);

    Estimate.Known rate = (Estimate.Known) figure("replacement-rate");
    assertThat(rate.value()).isEqualTo(0.55, offset(1e-12));
    assertThat(rate.n()).isEqualTo(100);
    assertThat(rate.certainty().interval()).isEqualTo(new Proportion(55, 100).wilson());
    // 30 + 10 changed of those, and 40 of which nothing was proposed; an addition is no draft.
    assertThat(figure("order-changed-rate").get()).isEqualTo(80 / 90.0, offset(1e-12));
    assertThat(UseReport.of(calls).counts())
        .containsEntry("orders-as-proposed", 55L)
        .containsEntry("orders-unchanged", 10L)
        .containsEntry("orders-changed", 10L)
        .containsEntry("orders-not-ordered", 65L)
        .containsEntry("orders-open", 40L)
        .containsEntry("orders-untold", 40L);
  }

  /** Two cards of one draft are one decision. */
  @Test
  void anOrderIsOneDecisionOfHoweverManyCards() {
    add(
        20,
        card(
            "quiet-period",
            Reply.NONE,
            Standing.NOT_OBSERVED,
            order(0, Proposal.REMOVAL, OrderFate.NOT_ORDERED)),
        card(
            null,
            Reply.NONE,
            Standing.NOT_OBSERVED,
            order(0, Proposal.NONE, OrderFate.NOT_ORDERED)));
    assertThat(figure("order-changed-rate").n()).isEqualTo(20);
    // The proposal was withheld: nobody could follow it.
    assertThat(figure("replacement-rate")).isInstanceOf(Estimate.Unknown.class);
    assertThat(UseReport.of(calls).counts()).containsEntry("orders-not-ordered", 20L);
  }

  @Test
  void aChangeAfterACardThatCameTrueIsEnhanced() {
    add(30, warning(Standing.EVENT, OrderFate.CHANGED));
    add(20, warning(Standing.EVENT, OrderFate.UNCHANGED));
    add(50, warning(Standing.NO_EVENT, OrderFate.NOT_ORDERED));
    add(70, warning(Standing.PENDING, OrderFate.CHANGED));
    assertThat(figure("enhancement-rate").get()).isEqualTo(0.3, offset(1e-12));
    assertThat(figure("enhancement-rate").n()).isEqualTo(100);
  }

  @Test
  void enhancementOfFewOutcomesIsNotTold() {
    add(10, warning(Standing.EVENT, OrderFate.CHANGED));
    add(50, warning(Standing.NO_EVENT, OrderFate.UNCHANGED));
    assertThat(figure("enhancement-rate"))
        .isInstanceOfSatisfying(
            Estimate.Unknown.class,
            unknown -> assertThat(unknown.reason()).isEqualTo(Reason.SMALL_CELL));
  }

  private static CardFate warning(Standing standing, OrderFate fate) {
    return card(null, Reply.NONE, standing, order(0, Proposal.NONE, fate));
  }

  @Test
  void changesAfterShownAndWithheldCardsAreCompared() {
    drafts(30, Proposal.NONE, OrderFate.CHANGED);
    drafts(20, Proposal.NONE, OrderFate.UNCHANGED);
    for (OrderFate fate : List.of(OrderFate.CHANGED, OrderFate.UNCHANGED)) {
      add(
          fate == OrderFate.CHANGED ? 12 : 28,
          card("snoozed", Reply.NONE, Standing.NOT_OBSERVED, order(0, Proposal.NONE, fate)));
    }
    Estimate.Known difference = (Estimate.Known) figure("order-changed-rate-difference-shown");
    assertThat(difference.value()).isEqualTo(0.6 - 0.3, offset(1e-12));
    assertThat(difference.certainty().interval())
        .isEqualTo(new Proportion(30, 50).newcombe(new Proportion(12, 40)));
  }

  @Test
  void whatWasSaidAndNotDoneIsCounted() {
    add(15, answered(Reply.ACCEPTED, OrderFate.ORDERED));
    add(5, answered(Reply.ACCEPTED, OrderFate.NOT_ORDERED));
    add(12, answered(Reply.OVERRIDDEN, OrderFate.NOT_ORDERED));
    add(8, answered(Reply.OVERRIDDEN, OrderFate.ORDERED));
    add(9, answered(Reply.ACCEPTED, OrderFate.OPEN));
    add(9, answered(Reply.NONE, OrderFate.NOT_ORDERED));
    assertThat(figure("acted-otherwise-rate").get()).isEqualTo(13 / 40.0, offset(1e-12));
    assertThat(UseReport.of(calls).counts())
        .containsEntry("accepted-not-done", 5L)
        .containsEntry("overridden-done", 8L);
  }

  private static CardFate answered(Reply reply, OrderFate fate) {
    return card(null, reply, Standing.NOT_OBSERVED, order(0, Proposal.ADDITION, fate));
  }

  /** Any calls give shares between 0 and 1, whatever their order. */
  @Test
  void anyCallsGiveShares() {
    Random random = new Random(11);
    for (int round = 0; round < 300; round++) {
      calls.clear();
      IntStream.range(0, random.nextInt(120)).forEach(i -> add(1, any(random), any(random)));
      UseReport report = UseReport.of(calls);
      for (Estimate figure : report.figures()) {
        if (figure instanceof Estimate.Known known) {
          boolean isShare = known.definition().name().endsWith("-rate");
          assertThat(known.value()).isBetween(isShare ? 0.0 : -1.0, 1.0);
        }
      }
      Collections.shuffle(calls, random);
      assertThat(UseReport.of(calls)).isEqualTo(report);
    }
  }

  private static CardFate any(Random random) {
    CardOrder[] orders =
        IntStream.range(0, random.nextInt(3))
            .mapToObj(
                i ->
                    order(
                        i,
                        i == 2 ? Proposal.ADDITION : Proposal.values()[random.nextInt(2)],
                        OrderFate.values()[random.nextInt(6)]))
            .toArray(CardOrder[]::new);
    return card(
        random.nextBoolean() ? null : "snoozed",
        Reply.values()[random.nextInt(3)],
        Standing.values()[random.nextInt(Standing.values().length)],
        orders);
  }
}
