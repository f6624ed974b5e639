package org.auscult.order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.auscult.order.PlacedOrders.Found;
import org.auscult.order.PlacedOrders.Placed;
import org.auscult.timeline.Code;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlacedOrdersTest {
  private static final Dosage TWICE = new Dosage("500 mg", "2 a day", null);
  private static final Dosage ONCE = new Dosage("500 mg", "1 a day", null);

  private static DraftOrder order(String reference, Dosage dosage, String... codes) {
    return new DraftOrder(
        reference,
        List.of(codes).stream().map(code -> new Code("rxnorm", code)).toList(),
        "",
        dosage);
  }

  private static Placed placed(String id, Dosage dosage, String... codes) {
    String reference = "MedicationRequest/" + id;
    return new Placed(order(reference, dosage, codes), reference + "/_history/1");
  }

  private static DraftOrder draft(Dosage dosage, String... codes) {
    return order("MedicationRequest/draft", dosage, codes);
  }

  private static OrderFate fate(DraftOrder draft, Placed... placed) {
    return new PlacedOrders(List.of(placed), (one, other) -> false)
        .ofDrafts(List.of(draft), false)
        .get(0)
        .fate();
  }

  @Test
  void whatWasPlacedAsDraftedIsUnchanged() {
    assertThat(fate(draft(TWICE, "861007"), placed("1", TWICE, "861007")))
        .isEqualTo(OrderFate.UNCHANGED);
    assertThat(fate(draft(TWICE, "861007"), placed("1", TWICE, "861007", "6809")))
        .isEqualTo(OrderFate.UNCHANGED);
    assertThat(fate(draft(Dosage.NONE, "861007"), placed("1", TWICE, "861007")))
        .isEqualTo(OrderFate.UNCHANGED);
  }

  @Test
  void anotherDoseOrProductOfTheDrugIsAChange() {
    assertThat(fate(draft(TWICE, "861007"), placed("1", ONCE, "861007")))
        .isEqualTo(OrderFate.CHANGED);
    assertThat(fate(draft(TWICE, "861007", "6809"), placed("1", TWICE, "860975", "6809")))
        .isEqualTo(OrderFate.CHANGED);
    PlacedOrders byIngredient =
        new PlacedOrders(List.of(placed("1", TWICE, "860975")), (one, other) -> true);
    assertThat(byIngredient.ofDrafts(List.of(draft(TWICE, "861007")), false))
        .containsExactly(new Found(OrderFate.CHANGED, "MedicationRequest/1/_history/1"));
  }

  @Test
  void anotherDrugIsNoOrderOfTheDraft() {
    assertThat(fate(draft(TWICE, "861007"), placed("1", TWICE, "1191")))
        .isEqualTo(OrderFate.NOT_ORDERED);
    assertThat(fate(draft(TWICE, "861007"))).isEqualTo(OrderFate.NOT_ORDERED);
    DraftOrder test = order("ServiceRequest/draft", Dosage.NONE, "861007");
    assertThat(fate(test, placed("1", TWICE, "861007"))).isEqualTo(OrderFate.NOT_ORDERED);
  }

  @Test
  void whatHasNoCodeOrLeavesOutADoseCannotBeTold() {
    assertThat(fate(draft(TWICE), placed("1", TWICE, "1191"))).isEqualTo(OrderFate.UNTOLD);
    assertThat(fate(draft(TWICE, "861007"), placed("1", Dosage.NONE, "861007")))
        .isEqualTo(OrderFate.UNTOLD);
  }

  /** Another drug under the same id is a change, if the ids are those of one record. */
  @Test
  void anIdCountsOnlyWhereItIsOurs() {
    DraftOrder draft = order("MedicationRequest/1", TWICE, "861007");
    PlacedOrders placed = new PlacedOrders(List.of(placed("1", TWICE, "1191")), (a, b) -> false);
    assertThat(placed.ofDrafts(List.of(draft), true).get(0).fate()).isEqualTo(OrderFate.CHANGED);
    assertThat(placed.ofDrafts(List.of(draft), false).get(0).fate())
        .isEqualTo(OrderFate.NOT_ORDERED);
  }

  @Test
  void anOrderIsOfOneDraftOnly() {
    PlacedOrders one = new PlacedOrders(List.of(placed("1", ONCE, "861007")), (a, b) -> false);
    assertThat(one.ofDrafts(List.of(draft(TWICE, "861007"), draft(ONCE, "861007")), false))
        .extracting(Found::fate)
        .containsExactly(OrderFate.NOT_ORDERED, OrderFate.UNCHANGED);
  }

  @Test
  void aProposalIsDoneByAnyOrderOfIt() {
    PlacedOrders placed =
        new PlacedOrders(
            List.of(placed("1", TWICE, "2160-0"), placed("2", TWICE, "1")), (a, b) -> false);
    assertThat(placed.ofProposal(draft(Dosage.NONE, "2160-0")).fate()).isEqualTo(OrderFate.ORDERED);
    assertThat(placed.ofProposal(draft(Dosage.NONE, "718-7")).fate())
        .isEqualTo(OrderFate.NOT_ORDERED);
    assertThat(placed.ofProposal(draft(Dosage.NONE))).isEqualTo(Found.UNTOLD);
  }

  /** In whatever order the record gives them: no order tells of two drafts, and all are told. */
  @Test
  void theRecordsOrderDoesNotMatter() {
    Random random = new Random(7);
    for (int round = 0; round < 2000; round++) {
      List<DraftOrder> drafts =
          IntStream.range(0, random.nextInt(4))
              .mapToObj(i -> draft(random.nextBoolean() ? TWICE : ONCE, code(random)))
              .toList();
      List<Placed> placed =
          new ArrayList<>(
              IntStream.range(0, random.nextInt(5))
                  .mapToObj(i -> placed("" + i, random.nextBoolean() ? TWICE : ONCE, code(random)))
                  .toList());
      List<Found> found = new PlacedOrders(placed, (a, b) -> false).ofDrafts(drafts, false);
      Collections.shuffle(placed, random);
      assertThat(new PlacedOrders(placed, (a, b) -> false).ofDrafts(drafts, false))
          .isEqualTo(found);
      assertThat(found).hasSameSizeAs(drafts);
      assertThat(found.stream().map(Found::evidence).filter(e -> e != null))
          .doesNotHaveDuplicates();
      for (int i = 0; i < drafts.size(); i++) {
        DraftOrder draft = drafts.get(i);
        if (found.get(i).fate() == OrderFate.NOT_ORDERED) {
          long wanted = drafts.stream().filter(d -> d.codes().equals(draft.codes())).count();
          long there = placed.stream().filter(p -> p.order().codes().equals(draft.codes())).count();
          assertThat(there).isLessThan(wanted);
        }
      }
    }
  }

  private static String code(Random random) {
    return "c" + random.nextInt(3);
  }

  @ParameterizedTest
  @CsvSource({
    "500 mg, 2 a day,, 500 mg, 2 a day,, SAME",
    "500 mg, 2 a day,, 250 mg, 2 a day,, OTHER",
    "500 mg, 2 a day,, 500 mg, 1 a day,, OTHER",
    "500 mg, 2 a day,, 500 mg,,, UNKNOWN",
    "500 mg, 2 a day,, , 2 a day,, UNKNOWN",
    "500 mg, code AM,, 500 mg, 1 a day,, UNKNOWN",
    "500 mg, code AM,, 500 mg, code PM,, OTHER",
    "500 mg, code AM,, 500 mg, code AM,, SAME",
    ", 2 a day,, 500 mg, 2 a day,, SAME",
    ",,, 500 mg, 2 a day,, SAME",
    ",,One  Tablet, ,,one tablet, SAME",
    ",,one tablet, ,,half a tablet, UNKNOWN",
    ",,one tablet, 500 mg,,, UNKNOWN"
  })
  void dosagesAreComparedByWhatBothState(
      @Nullable String amount,
      @Nullable String timing,
      @Nullable String text,
      @Nullable String otherAmount,
      @Nullable String otherTiming,
      @Nullable String otherText,
      Dosage.Comparison expected) {
    Dosage draft = new Dosage(amount, timing, text);
    assertThat(draft.compare(new Dosage(otherAmount, otherTiming, otherText))).isEqualTo(expected);
    assertThat(draft.compare(draft)).isEqualTo(Dosage.Comparison.SAME);
  }

  @Test
  void fatesAreReadAsTheyAreWritten() {
    for (OrderFate fate : OrderFate.values()) {
      assertThat(OrderFate.of(fate.code())).isEqualTo(fate);
      assertThat(fate.isTold()).isEqualTo(fate != OrderFate.OPEN && fate != OrderFate.UNTOLD);
    }
    assertThatThrownBy(() -> OrderFate.of("x")).isInstanceOf(IllegalArgumentException.class);
  }
}
