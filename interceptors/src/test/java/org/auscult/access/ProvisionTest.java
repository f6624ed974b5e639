package org.auscult.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.auscult.access.Provision.Ruling;
import org.auscult.access.Provision.Verdict;
import org.auscult.access.Provision.What;
import org.auscult.access.Provision.Who;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ProvisionTest {
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  private static final Who ANNA =
      new Who(Set.of("Practitioner/anna", "Organization/n"), "TREAT", NOW);
  private static final Who BERT = new Who(Set.of("Practitioner/bert"), "HRESCH", NOW);
  private static final What CONDITION = what("Condition", Set.of());
  private static final What HIV = what("Condition", Set.of("HIV"));

  @Test
  void deniesAllByAnOptOutButForItsExceptions() {
    Provision optOut = rule(Verdict.DENY, to("Practitioner/anna", Verdict.PERMIT));

    assertThat(verdict(optOut, BERT, CONDITION)).isEqualTo(Verdict.DENY);
    assertThat(verdict(optOut, ANNA, CONDITION)).isEqualTo(Verdict.PERMIT);
    assertThat(optOut.mayDeny(BERT)).isTrue();
    assertThat(optOut.mayDeny(ANNA)).isFalse();
  }

  @Test
  void deniesByActorPurposeTypeCodeLabelAndSingleResource() {
    assertThat(verdict(to("Organization/n", Verdict.DENY), ANNA, CONDITION))
        .isEqualTo(Verdict.DENY);
    assertThat(verdict(to("Organization/n", Verdict.DENY), BERT, CONDITION)).isNull();
    assertThat(verdict(of(Set.of("HRESCH"), Set.of(), Set.of()), BERT, CONDITION))
        .isEqualTo(Verdict.DENY);
    assertThat(verdict(of(Set.of("HRESCH"), Set.of(), Set.of()), ANNA, CONDITION)).isNull();
    Provision conditions = of(Set.of(), Set.of("Condition"), Set.of());
    assertThat(verdict(conditions, ANNA, CONDITION)).isEqualTo(Verdict.DENY);
    assertThat(verdict(conditions, ANNA, what("Observation", Set.of()))).isNull();
    assertThat(conditions.mayDeny(ANNA)).isTrue();
    assertThat(verdict(of(Set.of(), Set.of(), Set.of("HIV")), ANNA, HIV)).isEqualTo(Verdict.DENY);
    assertThat(verdict(of(Set.of(), Set.of(), Set.of("HIV")), ANNA, CONDITION)).isNull();
  }

  /** A permission of a label names it, or is an exception from a rule that names it. */
  @Test
  void saysWhichLabelsAPermissionNames() {
    Provision all = rule(Verdict.PERMIT);
    Provision named = labelled(Verdict.PERMIT, "HIV");

    assertThat(all.ruling(ANNA, HIV)).contains(new Ruling(Verdict.PERMIT, Set.of()));
    assertThat(named.ruling(ANNA, HIV)).contains(new Ruling(Verdict.PERMIT, Set.of("HIV")));
    assertThat(named.ruling(ANNA, CONDITION)).isEmpty();
  }

  @Test
  void holdsFromItsFirstInstantUntilItsEnd() {
    assertThat(during(NOW, NOW.plusSeconds(1)).ruling(ANNA, CONDITION)).isPresent();
    assertThat(during(NOW.plusSeconds(1), null).ruling(ANNA, CONDITION)).isEmpty();
    assertThat(during(null, NOW).ruling(ANNA, CONDITION)).isEmpty();
  }

  @Test
  void letsADenialHoldWhereExceptionsContradict() {
    Provision both =
        rule(null, to("Practitioner/anna", Verdict.PERMIT), to("Organization/n", Verdict.DENY));

    assertThat(verdict(both, ANNA, CONDITION)).isEqualTo(Verdict.DENY);
    assertThat(both.mayDeny(ANNA)).isTrue();
  }

  /** What cannot be judged denies, and permits nothing: not by an exception within it either. */
  @Test
  void permitsNothingUnderAConditionThatCannotBeJudged() {
    assertThat(verdict(vague(Verdict.DENY), ANNA, CONDITION)).isEqualTo(Verdict.DENY);
    assertThat(verdict(vague(Verdict.PERMIT), ANNA, CONDITION)).isNull();
    assertThat(verdict(vague(null, labelled(Verdict.PERMIT, "HIV")), ANNA, HIV)).isNull();
  }

  private static @Nullable Verdict verdict(Provision rule, Who who, What what) {
    return rule.ruling(who, what).map(Ruling::verdict).orElse(null);
  }

  private static What what(String type, Set<String> labels) {
    return new What(type, Set.of(type + "/1"), Set.of(), Set.of(), labels);
  }

  private static Provision rule(@Nullable Verdict verdict, Provision... exceptions) {
    return make(verdict, Set.of(), Set.of(), Set.of(), Set.of(), false, exceptions);
  }

  private static Provision vague(@Nullable Verdict verdict, Provision... exceptions) {
    return make(verdict, Set.of(), Set.of(), Set.of(), Set.of(), true, exceptions);
  }

  private static Provision to(String actor, Verdict verdict) {
    return make(verdict, Set.of(actor), Set.of(), Set.of(), Set.of(), false);
  }

  private static Provision labelled(Verdict verdict, String label) {
    return make(verdict, Set.of(), Set.of(), Set.of(), Set.of(label), false);
  }

  private static Provision of(Set<String> purposes, Set<String> types, Set<String> labels) {
    return make(Verdict.DENY, Set.of(), purposes, types, labels, false);
  }

  private static Provision during(@Nullable Instant from, @Nullable Instant until) {
    return new Provision(
        Verdict.DENY,
        from,
        until,
        Set.of(),
        Set.of(),
        Set.of(),
        Set.of(),
        Set.of(),
        Set.of(),
        false,
        List.of());
  }

  private static Provision make(
      @Nullable Verdict verdict,
      Set<String> actors,
      Set<String> purposes,
      Set<String> types,
      Set<String> labels,
      boolean isVague,
      Provision... exceptions) {
    return new Provision(
        verdict,
        null,
        null,
        actors,
        purposes,
        types,
        Set.of(),
        labels,
        Set.of(),
        isVague,
        List.of(exceptions));
  }
}
