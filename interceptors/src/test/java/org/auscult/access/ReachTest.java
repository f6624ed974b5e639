package org.auscult.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.auscult.access.PatientTies.Ties;
import org.auscult.access.Reach.Sites;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ReachTest {
  private static final Map<String, Ties> RECORD =
      Map.of(
          "north", new Ties(Set.of("N"), Set.of(), Limits.NONE),
          "both", new Ties(Set.of("N", "S"), Set.of(), Limits.NONE),
          "south", new Ties(Set.of("S"), Set.of(), Limits.NONE),
          "cared", new Ties(Set.of("S"), Set.of("Practitioner/1"), Limits.NONE));

  private final AtomicInteger asked = new AtomicInteger();
  private final PatientTies ties =
      patients -> {
        asked.incrementAndGet();
        return RECORD;
      };

  @Test
  void tellsNearFromFar() {
    Reach reach = new Reach(user("launched", "N"), ties, Sites.SEPARATE);

    assertThat(reach.of(List.of("launched"))).isEqualTo(Whose.LAUNCH);
    assertThat(reach.of(List.of("cared"))).isEqualTo(Whose.CARE_TEAM);
    assertThat(reach.of(List.of("north"))).isEqualTo(Whose.SITE);
    assertThat(reach.of(List.of("both"))).isEqualTo(Whose.SITE);
    assertThat(reach.of(List.of("south"))).isEqualTo(Whose.ELSEWHERE);
    assertThat(reach.of(List.of("unknown"))).isEqualTo(Whose.ELSEWHERE);
    assertThat(reach.of(List.of())).isEqualTo(Whose.NONE);
    assertThat(reach.ofAll()).isEqualTo(Whose.ELSEWHERE);
  }

  /** A plain read asks once for a patient: for ties and limits together, or for limits alone. */
  @Test
  void asksOnceForAPatient() {
    Reach reach = new Reach(user("launched", "N"), ties, Sites.SEPARATE);
    reach.of(List.of("north"));
    assertThat(reach.limits(List.of("north"))).containsEntry("north", Limits.NONE);
    assertThat(asked).hasValue(1);

    reach.of(List.of("launched"));
    assertThat(asked).hasValue(1);
    reach.limits(List.of("launched"));
    reach.limits(List.of("launched"));
    assertThat(asked).hasValue(2);
  }

  /** An emergency opens what was opened by the policy's leave, to that person alone. */
  @Test
  void countsAnOpenedPatientAsNear() {
    Requester opener = user(null, "N");
    Limits opened = new Limits(Set.of(), Map.of(), Map.of(), Set.of(opener.person()));
    PatientTies record = patients -> Map.of("south", new Ties(Set.of("S"), Set.of(), opened));

    assertThat(new Reach(opener, record, Sites.SEPARATE).of(List.of("south")))
        .isEqualTo(Whose.SITE);
    Requester other =
        new Requester(
            "https://issuer.example.org",
            "other",
            "client",
            "Practitioner/2",
            Set.of(Role.CLINICIAN),
            "user/*.rs",
            null,
            null,
            Set.of("N"),
            "TREAT",
            null);
    assertThat(new Reach(other, record, Sites.SEPARATE).of(List.of("south")))
        .isEqualTo(Whose.ELSEWHERE);
  }

  @Test
  void countsTheFarthestOfSeveral() {
    Reach reach = new Reach(user("launched", "N"), ties, Sites.SEPARATE);

    assertThat(reach.of(List.of("launched", "north"))).isEqualTo(Whose.SITE);
    assertThat(reach.of(List.of("launched", "north", "south"))).isEqualTo(Whose.ELSEWHERE);
  }

  @Test
  void letsAUserWithoutSitesReachNobodyBySite() {
    Reach reach = new Reach(user(null), ties, Sites.SEPARATE);

    assertThat(reach.of(List.of("north"))).isEqualTo(Whose.ELSEWHERE);
    assertThat(reach.of(List.of("cared"))).isEqualTo(Whose.CARE_TEAM);
  }

  @Test
  void letsASystemWithoutSitesReachAllAndOneWithSitesThose() {
    Reach all = new Reach(system(), ties, Sites.SEPARATE);
    Reach one = new Reach(system("N"), ties, Sites.SEPARATE);

    assertThat(all.of(List.of("south", "unknown"))).isEqualTo(Whose.SITE);
    assertThat(all.ofAll()).isEqualTo(Whose.SITE);
    assertThat(one.of(List.of("north"))).isEqualTo(Whose.SITE);
    assertThat(one.of(List.of("south"))).isEqualTo(Whose.ELSEWHERE);
    assertThat(one.ofAll()).isEqualTo(Whose.ELSEWHERE);
  }

  @Test
  void makesNoDifferenceWhereThereIsOneSite() {
    assertThat(new Reach(user(null), ties, Sites.ONE).of(List.of("south"))).isEqualTo(Whose.SITE);
  }

  @Test
  void looksEachPatientUpOnce() {
    Reach reach = new Reach(user("launched", "N"), ties, Sites.SEPARATE);
    reach.of(List.of("launched"));
    assertThat(asked).hasValue(0);
    reach.of(List.of("north", "south"));
    reach.of(List.of("south", "launched"));
    assertThat(asked).hasValue(1);
  }

  private static Requester user(@Nullable String patient, String... sites) {
    return requester(Role.CLINICIAN, "Practitioner/1", patient, sites);
  }

  private static Requester system(String... sites) {
    return requester(Role.SYSTEM, null, null, sites);
  }

  private static Requester requester(
      Role role, @Nullable String user, @Nullable String patient, String... sites) {
    return new Requester(
        "https://issuer.example.org",
        "s",
        "c",
        user,
        Set.of(role),
        "",
        patient,
        null,
        Set.of(sites),
        "TREAT",
        null);
  }
}
