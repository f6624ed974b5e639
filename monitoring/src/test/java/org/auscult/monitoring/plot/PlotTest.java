package org.auscult.monitoring.plot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

class PlotTest {
  @Test
  void numbersHaveThreeDigitsThatCount() {
    assertThat(Digits.shown(0)).isEqualTo("0");
    assertThat(Digits.shown(0.5)).isEqualTo("0.500");
    assertThat(Digits.shown(-0.053149)).isEqualTo("-0.0531");
    assertThat(Digits.shown(12.345)).isEqualTo("12.3");
    assertThat(Digits.shown(1234567.8)).isEqualTo("1234568");
    assertThat(Digits.exact(0.1 + 0.2)).isEqualTo("0.3");
    assertThat(Digits.exact(1e21)).isEqualTo("1000000000000000000000");
    assertThat(Digits.hundredths(0.712)).isEqualTo("71");
    assertThat(Digits.hundredths(0.0214)).isEqualTo("2.1");
    assertThat(Digits.hundredths(1)).isEqualTo("100");
  }

  @Test
  void anAxisCoversItsValuesWithFewRoundTicks() {
    Random random = new Random(1);
    for (int run = 0; run < 5_000; run++) {
      double scale = Math.pow(10, random.nextInt(12) - 6);
      double a = (random.nextDouble() - 0.5) * scale;
      double b = random.nextInt(4) == 0 ? a : (random.nextDouble() - 0.5) * scale;
      Axis axis = Axis.covering(DoubleStream.of(a, b));
      assertThat(axis.from()).isLessThanOrEqualTo(Math.min(a, b) + 1e-9 * scale);
      assertThat(axis.to()).isGreaterThanOrEqualTo(Math.max(a, b) - 1e-9 * scale);
      assertThat(axis.ticks().size()).isBetween(2, 8);
      assertThat(axis.ticks())
          .allSatisfy(tick -> assertThat(Double.parseDouble(tick.label())).isEqualTo(tick.value()));
    }
  }

  @Test
  void anAxisOfNothingIsStillOne() {
    assertThat(Axis.covering(DoubleStream.empty()).ticks()).isNotEmpty();
  }

  @Test
  void markupEscapesAndCloses() {
    Markup markup = new Markup();
    markup.open("p", "title", "a\"<b").text("1 < 2 & '3'\u0007").close();
    assertThat(markup.toString())
        .isEqualTo("<p title=\"a&quot;&lt;b\">1 &lt; 2 &amp; &#39;3&#39;\uFFFD</p>");
    assertThatThrownBy(() -> new Markup().open("p").toString())
        .isInstanceOf(IllegalStateException.class);
  }
}
