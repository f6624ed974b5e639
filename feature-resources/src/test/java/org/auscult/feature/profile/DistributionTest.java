package org.auscult.feature.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.auscult.feature.profile.Distribution.Bin;
import org.auscult.feature.profile.Distribution.Value;
import org.junit.jupiter.api.Test;

class DistributionTest {
  private static List<Value> oneEach(int patients) {
    return IntStream.rangeClosed(1, patients).mapToObj(i -> new Value(i, i)).toList();
  }

  @Test
  void saysHowAHundredPatientsLie() {
    Distribution of = Distribution.of(oneEach(100), 11);

    assertThat(of.mean()).isEqualTo(50.5);
    assertThat(of.deviation()).isCloseTo(29.011491975882016, within(1e-12));
    assertThat(of.low()).as("eleven patients do not exceed it").isEqualTo(11);
    assertThat(of.high()).as("eleven patients reach it").isEqualTo(90);
    assertThat(of.quantiles())
        .as("the fifth is of fewer than eleven")
        .containsOnlyKeys(25, 50, 75)
        .containsEntry(25, 25.0)
        .containsEntry(50, 50.0)
        .containsEntry(75, 75.0);
    assertThat(of.values()).isEmpty();
    assertThat(of.bins().stream().mapToInt(Bin::patients).sum()).isEqualTo(100);
    assertThat(of.bins()).allMatch(bin -> bin.patients() >= 11);
  }

  @Test
  void saysNothingOfTen() {
    Distribution of = Distribution.of(oneEach(10), 11);

    assertThat(of.mean()).isNull();
    assertThat(of.low()).isNull();
    assertThat(of.quantiles()).isEmpty();
    assertThat(of.values()).isEmpty();
    assertThat(of.bins()).isEmpty();
  }

  @Test
  void manyTimesOfOnePatientAreOnePatient() {
    List<Value> values = IntStream.range(0, 500).mapToObj(i -> new Value(1, i)).toList();

    assertThat(Distribution.of(values, 2).mean()).isNull();
    assertThat(Distribution.of(values, 1).mean()).isEqualTo(249.5);
  }

  @Test
  void countsPatientsByValueWhereThereAreFewValues() {
    List<Value> values = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      values.add(new Value(i, i < 30 ? 0 : 1));
      values.add(new Value(i, i < 30 ? -0.0 : 1));
    }
    Distribution of = Distribution.of(values, 11);

    assertThat(of.values()).hasSize(2).containsEntry(0.0, 30).containsEntry(1.0, 10);
    assertThat(of.bins()).isEmpty();
    assertThat(of.high()).as("only ten have a one").isZero();
  }

  /** Whatever the values, no bin and no end is of fewer patients than the least. */
  @Test
  void noNumberIsOfFewPatients() {
    Random random = new Random(11);
    for (int round = 0; round < 300; round++) {
      int patients = 1 + random.nextInt(80);
      List<Value> values = new ArrayList<>();
      for (int i = 0; i < patients * 3; i++) {
        double value = random.nextGaussian();
        values.add(new Value(i / 3, random.nextInt(20) == 0 ? value * 1000 : value));
      }
      int least = 1 + random.nextInt(15);
      Distribution of = Distribution.of(values, least);

      for (Bin bin : of.bins()) {
        Double from = bin.from();
        Double to = bin.to();
        List<Value> within =
            values.stream()
                .filter(v -> (from == null || v.value() >= from) && (to == null || v.value() < to))
                .toList();
        assertThat(within).hasSize(bin.times());
        assertThat(patients(within)).isEqualTo(bin.patients()).isGreaterThanOrEqualTo(least);
      }
      List<Double> told = new ArrayList<>(of.quantiles().values());
      if (of.low() != null && of.high() != null) {
        told.add(of.low());
        told.add(of.high());
      }
      for (double value : told) {
        assertThat(patients(values.stream().filter(v -> v.value() <= value).toList()))
            .isGreaterThanOrEqualTo(least);
        assertThat(patients(values.stream().filter(v -> v.value() >= value).toList()))
            .isGreaterThanOrEqualTo(least);
      }
    }
  }

  private static int patients(List<Value> values) {
    Set<Integer> patients = new HashSet<>();
    values.forEach(value -> patients.add(value.patient()));
    return patients.size();
  }
}
