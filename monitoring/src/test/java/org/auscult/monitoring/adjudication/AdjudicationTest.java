package org.auscult.monitoring.adjudication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.auscult.monitoring.adjudication.Judgement.CANNOT_BE_JUDGED;
import static org.auscult.monitoring.adjudication.Judgement.EVENT;
import static org.auscult.monitoring.adjudication.Judgement.NO_EVENT;

import java.util.stream.Stream;
import org.auscult.monitoring.adjudication.Adjudication.Verdict;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class AdjudicationTest {
  private static Adjudication of(Judgement... judgements) {
    Adjudication all = Adjudication.OPEN;
    for (int i = 0; i < judgements.length; i++) {
      all = all.with(new Verdict(i + 1, "p" + i, judgements[i]));
    }
    return all;
  }

  static Stream<Arguments> all() {
    return Stream.of(Judgement.values())
        .flatMap(a -> Stream.of(Judgement.values()).map(b -> Arguments.of(a, b)));
  }

  @ParameterizedTest
  @MethodSource("all")
  void twoWhoAgreeSettleItAndOthersNeedAThird(Judgement first, Judgement second) {
    Adjudication two = of(first, second);
    if (first == second) {
      assertThat(two.label()).contains(first);
      assertThat(two.needsThird()).isFalse();
      assertThat(two.against(3, "other")).isNotEmpty();
      return;
    }
    assertThat(two.isSettled()).isFalse();
    assertThat(two.needsThird()).isTrue();
    for (Judgement third : Judgement.values()) {
      boolean decides = third == first || third == second;
      assertThat(two.with(new Verdict(3, "third", third)).label())
          .contains(decides ? third : CANNOT_BE_JUDGED);
    }
  }

  @Test
  void oneSettlesNothing() {
    assertThat(Adjudication.OPEN.isSettled()).isFalse();
    assertThat(of(EVENT).isSettled()).isFalse();
    assertThat(of(EVENT).needsThird()).isFalse();
  }

  @Test
  void thePlacesMayBeAnsweredInAnyOrder() {
    Adjudication second = Adjudication.OPEN.with(new Verdict(2, "b", EVENT));
    assertThat(second.with(new Verdict(1, "a", EVENT)).label()).contains(EVENT);
  }

  @Test
  void nobodyJudgesTwice() {
    assertThat(of(EVENT).against(2, "p0")).singleElement().asString().contains("the same person");
    assertThat(of(EVENT, NO_EVENT).against(3, "p1")).hasSize(1);
    assertThatThrownBy(() -> of(EVENT).with(new Verdict(2, "p0", EVENT)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void noPlaceIsAnsweredTwiceAndTheThirdOnlyWhenAsked() {
    assertThat(of(EVENT).against(1, "other")).containsExactly("it is answered already");
    assertThat(of(EVENT).against(3, "other")).containsExactly("nobody is asked in place 3");
    assertThat(of(EVENT).against(0, "other")).hasSize(1);
    assertThat(of(EVENT, EVENT).against(1, "other")).containsExactly("it is answered already");
    assertThat(of(EVENT, NO_EVENT).against(4, "other")).hasSize(1);
  }
}
