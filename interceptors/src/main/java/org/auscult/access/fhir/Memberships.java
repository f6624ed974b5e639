package org.auscult.access.fhir;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.auscult.access.Requester;
import org.hl7.fhir.instance.model.api.IIdType;
import org.hl7.fhir.r4.model.CareTeam;
import org.hl7.fhir.r4.model.CareTeam.CareTeamStatus;
import org.hl7.fhir.r4.model.Group;
import org.hl7.fhir.r4.model.Period;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;

/**
 * Of which care teams and groups a requester is a member, in person or as one of a site's staff.
 * Each is read once in a request, so that whoever joins or leaves does so for the next one.
 *
 * <p>Sure is: who stands among the present members of one that is active; and who stands nowhere in
 * one that lists all of its members. Else nobody knows: one that is not there, or is too long, or
 * says by traits or by further teams who belongs to it, or does not hold now.
 */
final class Memberships {
  /** The most that are read in a request; of further ones nobody knows. */
  private static final int MOST_GROUPS = 200;

  private static final int MOST_MEMBERS = 1_000;
  private static final Set<String> SINGLE =
      Set.of(
          "Practitioner",
          "PractitionerRole",
          "RelatedPerson",
          "Patient",
          "Organization",
          "Device",
          "Medication",
          "Substance");

  private final Set<String> self;
  private final StoredResources stored;
  private final InstantSource clock;
  private final Map<String, Membership> known = new ConcurrentHashMap<>();

  /** What is known. */
  enum Membership {
    MEMBER,
    STRANGER,
    UNKNOWN
  }

  Memberships(Requester requester, StoredResources stored, InstantSource clock) {
    this.self = actors(requester);
    this.stored = stored;
    this.clock = clock;
  }

  /** References of the user and of the sites. */
  static Set<String> actors(Requester requester) {
    Set<String> actors = ConcurrentHashMap.newKeySet();
    if (requester.fhirUser() != null) {
      actors.add(requester.fhirUser());
    }
    requester.sites().forEach(site -> actors.add("Organization/" + site));
    return actors;
  }

  /**
   * Of one group.
   *
   * @param group {@code CareTeam/id} or {@code Group/id}
   */
  Membership of(String group) {
    Membership found = known.get(group);
    if (found == null) {
      found = known.size() < MOST_GROUPS ? look(group) : Membership.UNKNOWN;
      known.putIfAbsent(group, found);
    }
    return found;
  }

  /** One that is listed. */
  private record Listed(Reference who, boolean isNow) {}

  private Membership look(String group) {
    String[] parts = group.split("/", 2);
    Resource resource = stored.current(parts[0], parts[1]).orElse(null);
    if (resource instanceof CareTeam team) {
      boolean holds = team.getStatus() == CareTeamStatus.ACTIVE && isNow(team.getPeriod());
      return among(
          team.getParticipant().stream()
              .map(p -> new Listed(p.getMember(), holds && isNow(p.getPeriod())))
              .toList());
    }
    if (resource instanceof Group listed && listed.getActual()) {
      boolean holds = !listed.hasActive() || listed.getActive();
      return among(
          listed.getMember().stream()
              .map(
                  m -> new Listed(m.getEntity(), holds && !m.getInactive() && isNow(m.getPeriod())))
              .toList());
    }
    return Membership.UNKNOWN;
  }

  private Membership among(List<Listed> members) {
    if (members.size() > MOST_MEMBERS) {
      return Membership.UNKNOWN;
    }
    if (own(members).anyMatch(Listed::isNow)) {
      return Membership.MEMBER;
    }
    boolean isWhole = members.stream().allMatch(member -> isSingle(member.who()));
    return isWhole && own(members).findAny().isEmpty() ? Membership.STRANGER : Membership.UNKNOWN;
  }

  private Stream<Listed> own(List<Listed> members) {
    return members.stream()
        .filter(
            member -> {
              IIdType id = member.who().getReferenceElement();
              return isSingle(member.who())
                  && self.contains(id.getResourceType() + "/" + id.getIdPart());
            });
  }

  /** Of ours, and not itself a group. */
  private static boolean isSingle(Reference who) {
    IIdType id = who.getReferenceElement();
    return !id.hasBaseUrl()
        && id.hasIdPart()
        && id.hasResourceType()
        && SINGLE.contains(id.getResourceType());
  }

  private boolean isNow(Period period) {
    Instant now = clock.instant();
    Date start = period.getStart();
    Instant end = Consents.end(period);
    return (start == null || !now.isBefore(start.toInstant()))
        && (end == null || now.isBefore(end));
  }
}
