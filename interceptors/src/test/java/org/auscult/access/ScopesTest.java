package org.auscult.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScopesTest {
  /** SMART: 22. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "patient/Observation.rs",
        "user/*.cruds",
        "system/Patient.r",
        "patient/Condition.cu",
        "patient/Observation.rs?category=http://loinc.org|LP1,vital-signs"
      })
  void readsAndSpellsScopesOfVersion2(String text) {
    assertThat(Scopes.parse(text).text()).isEqualTo(text);
  }

  /** SMART: 24. */
  @ParameterizedTest
  @CsvSource({
    "patient/*.read,     patient/*.rs",
    "user/Patient.write, user/Patient.cud",
    "system/*.*,         system/*.cruds"
  })
  void mapsScopesOfVersion1(String first, String second) {
    assertThat(Scopes.parse(first).text()).isEqualTo(second);
  }

  /** SMART: 22. A scope out of order is none, and what is none permits nothing. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "patient/Observation.sr",
        "patient/Observation.rr",
        "patient/Observation.",
        "patient/Observation.x",
        "patient/observation.r",
        "Patient/Observation.r",
        "admin/Observation.r",
        "patient/Observation.r?",
        "patient/Observation.r?category",
        "patient/Observation.r?category=",
        "patient/Observation.r?=x",
        "patient/Observation.r?category=%zz",
        "patient/Observation.r?_filter(x)=1",
        "patient/Observation.r;user/*.cruds",
        "*/*.*"
      })
  void ignoresWhatIsSpeltOtherwiseAndSaysSo(String text) {
    Scopes scopes = Scopes.parse(text + " openid");

    assertThat(scopes.clinical()).isEmpty();
    assertThat(scopes.others()).containsExactly("openid");
    assertThat(scopes.ignored()).containsExactly(text);
    assertThat(scopes.text()).isEqualTo("openid");
  }

  @Test
  void knowsTheScopesThatPermitNothingOnData() {
    Scopes scopes = Scopes.parse("  launch/patient  offline_access made-up ");

    assertThat(scopes.has("launch/patient")).isTrue();
    assertThat(scopes.has("made-up")).isFalse();
    assertThat(scopes.ignored()).containsExactly("made-up");
    assertThat(Scopes.parse("").isEmpty()).isTrue();
    assertThat(Scopes.parse("made-up").isEmpty()).isTrue();
  }

  /** SMART: 20. Update-as-create is an update: {@code c} does not permit it, nor {@code u} POST. */
  @Test
  void keepsCreateAndUpdateApart() {
    Scope update = Scope.parse("user/Observation.u").orElseThrow();

    assertThat(update.permits(Permission.UPDATE, "Observation")).isTrue();
    assertThat(update.permits(Permission.CREATE, "Observation")).isFalse();
  }

  /** SMART: 22. */
  @Test
  void permitsByWildcardWithinItsFamilyOnly() {
    Scopes scopes = Scopes.parse("user/*.r patient/Observation.s");

    assertThat(scopes.permitting(Permission.READ, "Patient")).hasSize(1);
    assertThat(scopes.permitting(Permission.SEARCH, "Observation"))
        .extracting(Scope::family)
        .containsExactly(ScopeFamily.PATIENT);
    assertThat(scopes.permitting(Permission.SEARCH, "Patient")).isEmpty();
  }

  /** SMART: 23. */
  @Test
  void containsAFilteredScopeInAnUnfilteredOneAndNotTheOtherWay() {
    Scopes all = Scopes.parse("patient/Observation.rs");
    Scopes laboratory = Scopes.parse("patient/Observation.rs?category=laboratory");

    assertThat(all.contains(laboratory)).isTrue();
    assertThat(laboratory.contains(all)).isFalse();
    assertThat(all.intersect(laboratory)).isEqualTo(laboratory);
    assertThat(
            Scopes.parse("patient/Observation.rs?category=vital-signs")
                .intersect(laboratory)
                .text())
        .isEqualTo("patient/Observation.rs?category=laboratory&category=vital-signs");
  }

  @Test
  void containsPermissionsThatSeveralScopesGiveTogether() {
    assertThat(Scopes.parse("user/Patient.r user/*.s").contains(Scopes.parse("user/Patient.rs")))
        .isTrue();
    assertThat(Scopes.parse("user/Patient.rs").contains(Scopes.parse("user/*.rs"))).isFalse();
    assertThat(Scopes.parse("user/*.rs").contains(Scopes.parse("patient/*.rs"))).isFalse();
    assertThat(Scopes.parse("openid").contains(Scopes.parse("openid fhirUser"))).isFalse();
  }

  @Test
  void dropsAScopeThatAnotherContains() {
    assertThat(Scopes.parse("user/Patient.r user/*.rs user/*.rs").text()).isEqualTo("user/*.rs");
  }

  /** What both permit is what each permits, for every type, permission and filter. */
  @Property
  void intersectsAsSetsDo(@ForAll("scopes") Scopes one, @ForAll("scopes") Scopes two) {
    Scopes both = one.intersect(two);

    for (Scope cell : cells()) {
      assertThat(both.contains(cell))
          .as(cell + " in " + one.text() + " and " + two.text())
          .isEqualTo(one.contains(cell) && two.contains(cell));
    }
    assertThat(one.contains(both)).isTrue();
    assertThat(two.contains(both)).isTrue();
    assertThat(Scopes.parse(both.text())).isEqualTo(both);
  }

  private static List<Scope> cells() {
    return Arrays.stream(ScopeFamily.values())
        .flatMap(
            family ->
                Set.of("Patient", "Observation", "Condition").stream()
                    .flatMap(
                        type ->
                            Arrays.stream(Permission.values())
                                .flatMap(
                                    p ->
                                        filters().stream()
                                            .map(f -> new Scope(family, type, Set.of(p), f)))))
        .toList();
  }

  private static List<List<Scope.Filter>> filters() {
    Scope.Filter a = new Scope.Filter("category", "laboratory");
    Scope.Filter b = new Scope.Filter("code", "http://loinc.org|2160-0");
    return List.of(List.of(), List.of(a), List.of(b), List.of(a, b));
  }

  @Provide
  Arbitrary<Scopes> scopes() {
    Arbitrary<Scope> scope =
        Combinators.combine(
                Arbitraries.of(ScopeFamily.class),
                Arbitraries.of("*", "Patient", "Observation"),
                Arbitraries.of(Permission.class).set().ofMinSize(1),
                Arbitraries.of(filters()))
            .as(Scope::new);
    return scope.list().ofMaxSize(4).map(list -> new Scopes(list, List.of(), List.of()));
  }
}
