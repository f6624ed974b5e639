package org.auscult.deidentification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * How many are alike, small cells, protected codes, pooled ages.
 *
 * <p>Safety: 33.
 */
class LikenessTest {
  private final KAnonymity likeness = new KAnonymity();

  @Test
  void measuresClasses() {
    for (int i = 0; i < 5; i++) {
      likeness.add("a" + i, List.of("1960", "F"));
    }
    likeness.add("b0", List.of("1960", "M"));
    likeness.add("b1", List.of("1960", "M"));
    likeness.add("c", List.of("1961", "M"));

    KAnonymity.Result result = likeness.result(3);

    assertThat(result.persons()).isEqualTo(8);
    assertThat(result.classes()).isEqualTo(3);
    assertThat(result.smallest()).isEqualTo(1);
    assertThat(result.below()).isEqualTo(3);
    assertThat(result.sizes()).containsOnlyKeys(1, 2, 5);
    assertThat(likeness.below(3)).containsExactlyInAnyOrder("b0", "b1", "c");
    assertThat(likeness.below(2)).containsExactly("c");
    assertThat(likeness.counts(0)).containsEntry("1960", 7).containsEntry("1961", 1);
  }

  @Test
  void nobodyIsAlikeWithoutPersons() {
    assertThat(likeness.result(11).smallest()).isZero();
    assertThat(likeness.below(11)).isEmpty();
  }

  @Test
  void smallCellsAreNotShown() {
    assertThat(SmallCells.CMS.show(0)).isEqualTo("0");
    assertThat(SmallCells.CMS.show(1)).isEqualTo("<11");
    assertThat(SmallCells.CMS.show(10)).isEqualTo("<11");
    assertThat(SmallCells.CMS.show(11)).isEqualTo("11");
    assertThatThrownBy(() -> new SmallCells(0)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void smallCellsCannotBeComputedFromATotal() {
    // 2 would be the total less 14; hidden together they are 16.
    assertThat(SmallCells.CMS.show(Map.of("a", 14, "b", 2, "c", 0)))
        .containsEntry("a", "withheld")
        .containsEntry("b", "<11")
        .containsEntry("c", "0");
    // 5 and 6 are 11 together: nothing more is hidden.
    assertThat(SmallCells.CMS.show(Map.of("a", 14, "b", 5, "c", 6)))
        .containsEntry("a", "14")
        .containsEntry("b", "<11")
        .containsEntry("c", "<11");
    assertThat(SmallCells.CMS.show(Map.of("a", 14, "b", 30, "c", 3)))
        .containsEntry("a", "withheld")
        .containsEntry("b", "30");
    assertThat(SmallCells.CMS.show(Map.of("a", 14, "b", 30)))
        .containsEntry("a", "14")
        .containsEntry("b", "30");
  }

  @Test
  void codesAreProtectedWholeOrByTheirStart() {
    ProtectedCodes codes = ProtectedCodes.parse(List.of("# mental", "", "icd|F*", "sct|86406008"));
    assertThat(codes.contains("icd", "F10.20")).isTrue();
    assertThat(codes.contains("sct", "86406008")).isTrue();
    assertThat(codes.contains("sct", "864060081")).isFalse();
    assertThat(codes.contains("other", "F10")).isFalse();
    assertThat(ProtectedCodes.NONE.isEmpty()).isTrue();
    assertThat(codes.isEmpty()).isFalse();
    assertThatThrownBy(() -> ProtectedCodes.parse(List.of("ok|1", "F10.2")))
        .hasMessageContaining("Line 2");
  }

  @Test
  void agesOfNinetyAreFoundInAnyUnitOfTime() {
    assertThat(Ages.isPooled(new BigDecimal("90"), "a")).isTrue();
    assertThat(Ages.isPooled(new BigDecimal("89.9"), "a")).isFalse();
    assertThat(Ages.isPooled(new BigDecimal("1081"), "mo")).isTrue();
    assertThat(Ages.isPooled(new BigDecimal("1000"), "mo")).isFalse();
    assertThat(Ages.isPooled(new BigDecimal("33000"), "d")).isTrue();
    assertThat(Ages.isPooled(new BigDecimal("120"), "mg")).isFalse();
  }

  @Test
  void profilesHaveNames() {
    assertThat(Profile.parse("expert")).contains(Profile.EXPERT);
    assertThat(Profile.parse("none")).isEmpty();
    assertThat(Profile.SAFE_HARBOR.code()).isEqualTo("safe-harbor");
    assertThat(Profile.LIMITED.poolsAges()).isFalse();
  }
}
