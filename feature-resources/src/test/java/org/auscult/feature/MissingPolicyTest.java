package org.auscult.feature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.auscult.feature.Asked.missing;
import static org.auscult.feature.Asked.present;
import static org.auscult.feature.Asked.pressures;
import static org.auscult.timeline.FactBuilder.fact;

import java.math.BigDecimal;
import java.util.List;
import org.auscult.feature.FeatureValue.Missing;
import org.auscult.feature.FeatureValue.Origin;
import org.auscult.feature.FeatureValue.Present;
import org.auscult.timeline.Fact;
import org.auscult.timeline.FactValue;
import org.junit.jupiter.api.Test;

/**
 * What happens where there is no value: it is said, refused, put in with its source, or carried.
 */
class MissingPolicyTest {
  private static final MissingPolicy.Default MEAN =
      new MissingPolicy.Default(new BigDecimal("119"), "mean of the study");
  private static final Window DAY = Window.of(new Lookback(1, Lookback.Unit.DAY));

  private static MissingPolicy carry(long days, MissingPolicy otherwise) {
    return new MissingPolicy.CarryForward(new Lookback(days, Lookback.Unit.DAY), otherwise);
  }

  private static Fact pressure(String at, String number) {
    return fact().id(at).at(at).number(number, "mm[Hg]").build();
  }

  private static FeatureDefinition latest(MissingPolicy policy) {
    return pressures("latest", Operator.LATEST, "mm[Hg]").withWindow(DAY).withMissing(policy);
  }

  @Test
  void aDefaultSaysWhenceItIsAndHidesNothingUnreadable() {
    Fact old = pressure("2024-05-01T00:00:00Z", "140");
    for (Present value : List.of(present(latest(MEAN)), present(latest(MEAN), old))) {
      assertThat(value.value()).isEqualTo(119);
      assertThat(value.text()).isEqualTo("mean of the study");
      assertThat(value.origin()).isEqualTo(Origin.DEFAULT);
      assertThat(value.evidence()).isEmpty();
      assertThat(value.effective()).isNull();
    }
    Fact absent = fact().at("2024-06-01T00:00:00Z").value(new FactValue.Absent("unknown")).build();
    Fact foreign = fact().at("2024-06-01T00:00:00Z").number("80", "kg").build();
    assertThat(missing(latest(MEAN), absent)).isEqualTo(MissingReason.DATA_ABSENT);
    assertThat(missing(latest(MEAN), foreign)).isEqualTo(MissingReason.UNIT);
  }

  @Test
  void theLastValueBeforeTheWindowIsCarriedUpToItsAge() {
    Fact older = pressure("2024-05-20T12:00:00Z", "150");
    Fact old = pressure("2024-05-22T12:00:00Z", "140");
    Present carried = present(latest(carry(10, new MissingPolicy.Report())), older, old);
    assertThat(carried.value()).isEqualTo(140);
    assertThat(carried.origin()).isEqualTo(Origin.CARRIED);
    assertThat(carried.evidence()).hasSize(1);
    assertThat(carried.effective()).isEqualTo(old.effective().from());

    assertThat(missing(latest(carry(9, new MissingPolicy.Report())), older, old))
        .isEqualTo(MissingReason.OUTSIDE_WINDOW);
    assertThat(present(latest(carry(9, MEAN)), older, old).origin()).isEqualTo(Origin.DEFAULT);
    assertThat(missing(latest(carry(9, new MissingPolicy.Report()))))
        .isEqualTo(MissingReason.NOT_RECORDED);
    Fact now = pressure("2024-06-01T10:00:00Z", "120");
    assertThat(present(latest(carry(10, MEAN)), older, old, now).origin()).isEqualTo(Origin.RECORD);
  }

  /** What the window leaves out behind its end is not brought back by the policy. */
  @Test
  void whatLiesBehindTheWindowIsNotCarried() {
    Window yesterday =
        new Window(
            new Window.Before(new Lookback(2, Lookback.Unit.DAY)),
            false,
            new Lookback(1, Lookback.Unit.DAY),
            true);
    FeatureDefinition feature = latest(carry(10, new MissingPolicy.Report())).withWindow(yesterday);
    Fact today = pressure("2024-06-01T10:00:00Z", "180");
    Fact before = pressure("2024-05-25T10:00:00Z", "120");
    assertThat(missing(feature, today)).isEqualTo(MissingReason.OUTSIDE_WINDOW);
    assertThat(present(feature, today, before).value()).isEqualTo(120);
  }

  @Test
  void anImplausibleLastValueIsNotCarriedNorPassedOver() {
    FeatureDefinition feature =
        latest(carry(10, new MissingPolicy.Report())).withPlausible(Range.of("40", "300"));
    Fact good = pressure("2024-05-28T12:00:00Z", "120");
    Fact bad = pressure("2024-05-29T12:00:00Z", "900");
    assertThat(missing(feature, good, bad)).isEqualTo(MissingReason.OUTSIDE_WINDOW);
  }

  @Test
  void whoRefusesIsNamed() {
    List<ResolvedFeature> features =
        List.of(
            ResolvedFeature.of(latest(new MissingPolicy.Refuse())),
            ResolvedFeature.of(
                pressures("carried", Operator.LATEST, "mm[Hg]")
                    .withWindow(DAY)
                    .withMissing(carry(10, new MissingPolicy.Refuse()))),
            ResolvedFeature.of(pressures("reported", Operator.LATEST, "mm[Hg]").withWindow(DAY)));
    ResolvedFeatureSet set =
        new ResolvedFeatureSet("https://example.org/set", "1", "set", features);
    Fact old = pressure("2024-05-28T12:00:00Z", "120");

    assertThat(set.refusals(Asked.vector(features, Asked.ALL)))
        .extracting(FeatureVector.Entry::name)
        .containsExactly("latest", "carried");
    assertThat(set.refusals(Asked.vector(features, Asked.ALL, old)))
        .extracting(FeatureVector.Entry::name)
        .containsExactly("latest");
  }

  @Test
  void aPolicyHoldsToItsForm() {
    assertThatThrownBy(() -> new MissingPolicy.Default(BigDecimal.ONE, " "))
        .isInstanceOf(IllegalArgumentException.class);
    MissingPolicy once = carry(1, new MissingPolicy.Report());
    assertThatThrownBy(() -> carry(1, once)).isInstanceOf(IllegalArgumentException.class);
    assertThat(once.fillsIn()).isTrue();
    assertThat(new MissingPolicy.Refuse().fillsIn()).isFalse();
  }

  @Test
  void aDerivedValueSaysWhatOfItWasFilledIn() {
    FeatureDefinition carried =
        pressures("carried", Operator.LATEST, "mm[Hg]")
            .withWindow(DAY)
            .withMissing(carry(10, new MissingPolicy.Report()));
    ResolvedFeature sum =
        Asked.derived(
            "sum",
            "mm[Hg]",
            "carried + byDefault",
            carried,
            pressures("byDefault", Operator.MAX, "mm[Hg]").withWindow(DAY).withMissing(MEAN));
    Fact old = pressure("2024-05-28T12:00:00Z", "120");
    Present value = (Present) Asked.value(sum, old);
    assertThat(value.value()).isEqualTo(239);
    assertThat(value.origin()).isEqualTo(Origin.DERIVED);
    assertThat(value.text())
        .isEqualTo("carried carried forward; byDefault by default (mean of the study)");
    assertThat(value.evidence()).hasSize(1);
    Present twice =
        (Present) Asked.value(Asked.derived("twice", "mm[Hg]", "sum * 2", List.of(sum)), old);
    assertThat(twice.value()).isEqualTo(478);
    assertThat(twice.text()).isEqualTo(value.text());
    assertThat(((Missing) Asked.value(sum)).detail()).isEqualTo("carried is missing");
  }
}
