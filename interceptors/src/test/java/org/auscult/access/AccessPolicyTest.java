package org.auscult.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ca.uhn.fhir.context.FhirContext;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AccessPolicyTest {
  private static final Map<String, Whose> WORDS =
      Map.of(
          "own",
          Whose.LAUNCH,
          "site",
          Whose.SITE,
          "withheld",
          Whose.WITHHELD,
          "elsewhere",
          Whose.ELSEWHERE,
          "none",
          Whose.NONE);

  private final AccessPolicy policy = AccessPolicy.load();

  /** Every cell: role, family of scopes, type and permission or operation, whose. */
  @Test
  void agreesWithASecondEvaluatorInEveryCell() {
    PlainPolicy plain = new PlainPolicy(PolicyTable.text());
    int allowed = 0;
    int cells = 0;
    for (Role role : Role.values()) {
      for (ScopeFamily family : ScopeFamily.values()) {
        Rights rights = policy.of(requester(role, family.code() + "/*.cruds", "p1"));
        for (Interaction asked : interactions()) {
          for (Map.Entry<String, Whose> word : WORDS.entrySet()) {
            boolean is = rights.decide(asked.of(word.getValue())).allowed();
            assertThat(is)
                .as(role + " " + family + " " + asked.text() + " " + word.getKey())
                .isEqualTo(
                    plain.allows(role.code(), family.code(), what(asked), word.getKey(), "TREAT"));
            cells++;
            allowed += is ? 1 : 0;
          }
        }
      }
    }
    assertThat(plain.rows())
        .isLessThanOrEqualTo(60)
        .isEqualTo(PolicyTable.parse(PolicyTable.text()).rows().size());
    assertThat(cells).isGreaterThan(80_000);
    assertThat(allowed).isGreaterThan(1_000).isLessThan(cells / 10);
  }

  /** Every purpose, and two that the policy does not know. */
  @Test
  void agreesWithASecondEvaluatorUnderEveryPurpose() {
    PlainPolicy plain = new PlainPolicy(PolicyTable.text());
    Set<String> known = PolicyTable.parse(PolicyTable.text()).purposes().keySet();
    assertThat(known).contains("TREAT", "ETREAT", "HPAYMT", "HOPERAT", "HRESCH", "PUBHLTH");
    Set<String> purposes = new TreeSet<>(known);
    purposes.addAll(Set.of("HMARKT", "none"));
    int allowed = 0;
    for (String purpose : purposes) {
      for (Role role : Role.values()) {
        for (ScopeFamily family : List.of(ScopeFamily.USER, ScopeFamily.SYSTEM)) {
          Rights rights =
              policy.of(requester(role, family.code() + "/*.cruds", "p1").withPurpose(purpose));
          for (Interaction asked : interactions()) {
            for (Map.Entry<String, Whose> word : WORDS.entrySet()) {
              boolean is = rights.decide(asked.of(word.getValue())).allowed();
              if (is
                  != plain.allows(
                      role.code(), family.code(), what(asked), word.getKey(), purpose)) {
                assertThat(is)
                    .as(purpose + " " + role + " " + asked.text() + " " + word.getKey())
                    .isEqualTo(!is);
              }
              allowed += is && !known.contains(purpose) ? 1 : 0;
            }
          }
        }
      }
    }
    assertThat(allowed).as("allowed under an unknown purpose").isZero();
  }

  /** Only what a purpose reads is cut, and nothing is written that was read in part. */
  @Test
  void cutsTypesOnlyWhereNothingIsWritten() {
    PolicyTable.parse(PolicyTable.text())
        .purposes()
        .values()
        .forEach(
            purpose -> {
              assertThat(purpose.elements().isEmpty() || !purpose.may().contains(Permission.UPDATE))
                  .as(purpose.code())
                  .isTrue();
              purpose
                  .elements()
                  .forEach(
                      (type, names) -> {
                        Set<String> all = new HashSet<>();
                        FhirContext.forR4Cached()
                            .getResourceDefinition(type)
                            .getChildren()
                            .forEach(c -> all.add(c.getElementName().replace("[x]", "")));
                        assertThat(all).as(purpose.code() + " " + type).containsAll(names);
                      });
            });
  }

  /** Nothing is allowed under another family's scopes, or of a type that the scope leaves out. */
  @Test
  void allowsNothingWithoutAScopeThatPermitsIt() {
    for (Role role : Role.values()) {
      Rights rights = policy.of(requester(role, "openid user/Basic.r", "p1"));
      for (Interaction asked : interactions()) {
        for (Whose whose : Whose.values()) {
          boolean basic = asked.type().equals("Basic") && asked.permission() == Permission.READ;
          assertThat(rights.decide(asked.of(whose)).allowed() && !basic)
              .as(role + " " + asked.text())
              .isFalse();
        }
      }
    }
  }

  /** SMART: 19. */
  @ParameterizedTest
  @CsvSource({
    "DELETE, Observation,  LAUNCH",
    "CREATE, Library,      NONE",
    "READ,   AuditEvent,   LAUNCH",
    "READ,   Observation,  ELSEWHERE",
    "READ,   Subscription, NONE"
  })
  void refusesAClinicianWhatTheWidestScopePermits(Permission what, String type, Whose whose) {
    Decision decision =
        policy.decide(
            requester(Role.CLINICIAN, "user/*.cruds", null), Interaction.of(what, type, whose));

    assertThat(reason(decision)).isEqualTo(RefusalReason.POLICY);
  }

  @Test
  void refusesWhoHasNoRole() {
    Requester nobody = requester(Set.of(), "user/*.cruds system/*.cruds", "p1");

    assertThat(
            reason(policy.decide(nobody, Interaction.of(Permission.READ, "Library", Whose.NONE))))
        .isEqualTo(RefusalReason.NO_ROLE);
  }

  /** SMART: 25. */
  @Test
  void refusesPatientScopesWithoutAPatientContext() {
    Interaction read = Interaction.of(Permission.READ, "Observation", Whose.SITE);

    assertThat(reason(policy.decide(requester(Role.CLINICIAN, "patient/*.rs", null), read)))
        .isEqualTo(RefusalReason.NO_PATIENT_CONTEXT);
    assertThat(policy.of(requester(Role.CLINICIAN, "patient/*.rs", null)).reach(read)).isEmpty();
  }

  /** SMART: 22. Under patient scopes the care team opens nothing. */
  @Test
  void limitsPatientScopesToTheLaunchsPatient() {
    Rights rights = policy.of(requester(Role.CLINICIAN, "patient/*.rs", "p1"));

    assertThat(rights.reach(Interaction.of(Permission.READ, "Observation", Whose.NONE)))
        .containsExactly(Whose.LAUNCH);
    assertThat(
            policy
                .of(requester(Role.CLINICIAN, "user/*.rs", "p1"))
                .reach(Interaction.of(Permission.READ, "Observation", Whose.NONE)))
        .containsExactlyInAnyOrder(Whose.LAUNCH, Whose.CARE_TEAM, Whose.SITE);
  }

  /** SMART: 20. */
  @Test
  void asksForUpdateWhereAnUpdateCreates() {
    Interaction update = Interaction.of(Permission.UPDATE, "Observation", Whose.SITE);

    assertThat(
            policy.decide(requester(Role.SYSTEM, "system/Observation.u", null), update).allowed())
        .isTrue();
    assertThat(reason(policy.decide(requester(Role.SYSTEM, "system/Observation.c", null), update)))
        .isEqualTo(RefusalReason.NO_SCOPE);
  }

  /** SMART: 23. */
  @Test
  void keepsTheFiltersOfGranularScopesAsLimits() {
    Interaction read = Interaction.of(Permission.READ, "Observation", Whose.LAUNCH);
    String granular =
        "patient/Observation.rs?category=laboratory patient/Observation.rs?category=vital-signs";

    Decision decision = policy.decide(requester(Role.CLINICIAN, granular, "p1"), read);
    assertThat(decision)
        .isEqualTo(
            new Decision.Allowed(
                List.of(
                    List.of(new Scope.Filter("category", "laboratory")),
                    List.of(new Scope.Filter("category", "vital-signs")))));
    assertThat(policy.decide(requester(Role.CLINICIAN, granular + " patient/*.r", "p1"), read))
        .isEqualTo(new Decision.Allowed(List.of()));
  }

  /** SMART: 23. An operation reads more than its filter could say. */
  @Test
  void satisfiesNoOperationWithGranularScopes() {
    Interaction features = Interaction.call("$features", "Patient", Whose.LAUNCH);
    String granular = "patient/*.rs?category=laboratory patient/Patient.rs";

    assertThat(reason(policy.decide(requester(Role.CLINICIAN, granular, "p1"), features)))
        .isEqualTo(RefusalReason.NO_SCOPE);
    assertThat(policy.decide(requester(Role.CLINICIAN, "patient/*.rs", "p1"), features).allowed())
        .isTrue();
  }

  @Test
  void refusesAnOperationThatHasNoRow() {
    Interaction graphql = Interaction.call("$graphql", "", Whose.NONE);

    for (Role role : Role.values()) {
      assertThat(
              policy
                  .decide(requester(role, "user/*.cruds system/*.cruds", "p1"), graphql)
                  .allowed())
          .isFalse();
    }
  }

  @Test
  void saysWhatIsRefusedAndNothingOfAResource() {
    Decision decision =
        policy.decide(
            requester(Role.CLINICIAN, "user/*.cruds", null),
            Interaction.of(Permission.DELETE, "Observation", Whose.SITE));

    assertThat(((Decision.Refused) decision).text())
        .isEqualTo("The policy does not allow clinician to delete Observation.");
  }

  @ParameterizedTest
  @CsvSource({
    "nurse | user | r | Patient | own",
    "clinician | admin | r | Patient | own",
    "clinician | user | sr | Patient | own",
    "clinician | user | r | Patient | everywhere",
    "clinician | user | call | Patient/$made-up | own",
    "clinician | user | r | Patient",
    "clinician may do all"
  })
  void refusesATableThatItCannotRead(String line) {
    assertThatThrownBy(() -> PolicyTable.parse(line))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(line);
  }

  private static List<Interaction> interactions() {
    List<Interaction> all = new ArrayList<>();
    Set<String> types = new TreeSet<>(FhirContext.forR4Cached().getResourceTypes());
    types.add("NoSuchType");
    for (String type : types) {
      for (Permission permission : Permission.values()) {
        all.add(Interaction.of(permission, type, Whose.NONE));
      }
    }
    for (String name : PolicyTable.parse(PolicyTable.text()).operations().keySet()) {
      int slash = name.indexOf('/');
      String type = slash < 0 ? "" : name.substring(0, slash).replace("*", "Observation");
      all.add(Interaction.call(name.substring(slash + 1), type, Whose.NONE));
    }
    for (String other : List.of("$graphql", "$expunge", "$meta", "$process-message", "$reindex")) {
      all.add(Interaction.call(other, "", Whose.NONE));
      all.add(Interaction.call(other, "Patient", Whose.NONE));
    }
    all.add(Interaction.call("$meta-add", "Patient", Whose.NONE));
    all.add(Interaction.call("$features", "Observation", Whose.NONE));
    return all;
  }

  private static String what(Interaction asked) {
    Permission permission = asked.permission();
    if (permission != null) {
      return asked.type() + "." + permission.letter();
    }
    return asked.type().isEmpty() ? asked.operation() : asked.type() + "/" + asked.operation();
  }

  private static RefusalReason reason(Decision decision) {
    return ((Decision.Refused) decision).reason();
  }

  private static Requester requester(Role role, String scope, @Nullable String patient) {
    return requester(Set.of(role), scope, patient);
  }

  private static Requester requester(Set<Role> roles, String scope, @Nullable String patient) {
    return new Requester(
        "https://issuer.example.org",
        "user",
        "client",
        null,
        roles,
        scope,
        patient,
        null,
        Set.of(),
        "TREAT",
        null);
  }
}
