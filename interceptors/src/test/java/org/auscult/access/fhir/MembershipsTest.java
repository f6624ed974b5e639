package org.auscult.access.fhir;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.auscult.access.Requester;
import org.auscult.access.Scope;
import org.auscult.access.fhir.Memberships.Membership;
import org.hl7.fhir.r4.model.CareTeam;
import org.hl7.fhir.r4.model.CareTeam.CareTeamStatus;
import org.hl7.fhir.r4.model.Group;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.junit.jupiter.api.Test;

class MembershipsTest {
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

  private final Map<String, Resource> record = new HashMap<>();
  private int reads;

  private final Memberships memberships =
      new Memberships(
          new Requester(
              "https://issuer.example.org",
              "anna",
              "app",
              "Practitioner/anna",
              Set.of(),
              "",
              null,
              null,
              Set.of("north"),
              "TREAT",
              null),
          new StoredResources() {
            @Override
            public Optional<Resource> current(String type, String id) {
              reads++;
              return Optional.ofNullable(record.get(type + "/" + id));
            }

            @Override
            public boolean matches(Resource resource, List<Scope.Filter> filters) {
              throw new AssertionError("Nobody asks for that");
            }
          },
          () -> NOW);

  private CareTeam team(String... members) {
    CareTeam team = new CareTeam().setStatus(CareTeamStatus.ACTIVE);
    for (String member : members) {
      team.addParticipant().setMember(new Reference(member));
    }
    record.put("CareTeam/t", team);
    return team;
  }

  private Membership ofTeam() {
    return memberships.of("CareTeam/t");
  }

  @Test
  void aPersonAndOneOfASitesStaffAreMembers() {
    team("Practitioner/bert", "Practitioner/anna");
    assertThat(ofTeam()).isEqualTo(Membership.MEMBER);
  }

  @Test
  void aSitesStaffAreMembersOfWhatHasTheSite() {
    team("Organization/north");
    assertThat(ofTeam()).isEqualTo(Membership.MEMBER);
  }

  @Test
  void whoIsNotListedIsAStranger() {
    team("Practitioner/bert", "Organization/south");
    assertThat(ofTeam()).isEqualTo(Membership.STRANGER);
  }

  @Test
  void whoMayBeOfAFurtherTeamIsNotKnown() {
    team("Practitioner/bert", "CareTeam/other");
    assertThat(ofTeam()).isEqualTo(Membership.UNKNOWN);
  }

  @Test
  void anotherServersPersonIsNotKnown() {
    team("https://else.example.org/fhir/Practitioner/anna");
    assertThat(ofTeam()).isEqualTo(Membership.UNKNOWN);
  }

  @Test
  void whoWasAMemberIsNoneForCertain() {
    team("Practitioner/anna")
        .getParticipantFirstRep()
        .getPeriod()
        .setEnd(Date.from(NOW.minusSeconds(3_600)));
    assertThat(ofTeam()).isEqualTo(Membership.UNKNOWN);
  }

  @Test
  void aTeamThatDoesNotHoldHasNoMembers() {
    team("Practitioner/anna").setStatus(CareTeamStatus.PROPOSED);
    assertThat(ofTeam()).isEqualTo(Membership.UNKNOWN);
  }

  @Test
  void whatIsNotThereIsNotKnown() {
    assertThat(ofTeam()).isEqualTo(Membership.UNKNOWN);
    assertThat(memberships.of("Group/none")).isEqualTo(Membership.UNKNOWN);
  }

  @Test
  void aGroupCountsIfItListsItsMembers() {
    Group group = new Group().setActual(true);
    group.addMember().setEntity(new Reference("Practitioner/anna"));
    record.put("Group/listed", group);
    Group traits = group.copy().setActual(false);
    record.put("Group/traits", traits);
    Group left = group.copy();
    left.getMemberFirstRep().setInactive(true);
    record.put("Group/left", left);

    assertThat(memberships.of("Group/listed")).isEqualTo(Membership.MEMBER);
    assertThat(memberships.of("Group/traits")).isEqualTo(Membership.UNKNOWN);
    assertThat(memberships.of("Group/left")).isEqualTo(Membership.UNKNOWN);
  }

  @Test
  void eachIsReadOnceAndNotTooMany() {
    team("Practitioner/anna");
    ofTeam();
    ofTeam();
    assertThat(reads).isEqualTo(1);
    for (int i = 0; i < 300; i++) {
      assertThat(memberships.of("CareTeam/" + i)).isEqualTo(Membership.UNKNOWN);
    }
    assertThat(reads).isEqualTo(200);
    assertThat(ofTeam()).isEqualTo(Membership.MEMBER);
  }
}
