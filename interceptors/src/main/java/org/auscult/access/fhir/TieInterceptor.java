package org.auscult.access.fhir;

import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.auscult.access.fhir.TieRecorder.Kind;
import org.auscult.access.fhir.TieRecorder.Tie;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.instance.model.api.IIdType;
import org.hl7.fhir.r4.model.CareTeam;
import org.hl7.fhir.r4.model.CareTeam.CareTeamParticipantComponent;
import org.hl7.fhir.r4.model.CareTeam.CareTeamStatus;
import org.hl7.fhir.r4.model.Encounter;
import org.hl7.fhir.r4.model.Encounter.EncounterStatus;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Period;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.jspecify.annotations.Nullable;

/**
 * Follows what ties patients: a Patient's managing organization and an Encounter's service provider
 * are its sites; who takes part in an Encounter that is planned or going on, and in an active
 * CareTeam, is in the care team.
 */
@Interceptor
public final class TieInterceptor {
  private static final Set<EncounterStatus> NEVER_WAS =
      Set.of(EncounterStatus.CANCELLED, EncounterStatus.ENTEREDINERROR);
  private static final Set<EncounterStatus> GOING_ON =
      Set.of(
          EncounterStatus.PLANNED,
          EncounterStatus.ARRIVED,
          EncounterStatus.TRIAGED,
          EncounterStatus.INPROGRESS,
          EncounterStatus.ONLEAVE);
  private static final Set<String> PEOPLE =
      Set.of("Practitioner", "PractitionerRole", "RelatedPerson");

  private final TieRecorder recorder;

  public TieInterceptor(TieRecorder recorder) {
    this.recorder = recorder;
  }

  @Hook(Pointcut.STORAGE_PRECOMMIT_RESOURCE_CREATED)
  public void created(IBaseResource resource) {
    record((Resource) resource);
  }

  @Hook(Pointcut.STORAGE_PRECOMMIT_RESOURCE_UPDATED)
  public void updated(IBaseResource before, IBaseResource after) {
    record((Resource) after);
  }

  @Hook(Pointcut.STORAGE_PRECOMMIT_RESOURCE_DELETED)
  public void deleted(IBaseResource resource) {
    if (makesTies((Resource) resource)) {
      recorder.record(source((Resource) resource), List.of());
    }
  }

  @Hook(Pointcut.STORAGE_PRESTORAGE_EXPUNGE_EVERYTHING)
  public void allExpunged() {
    recorder.forgetAll();
  }

  private void record(Resource resource) {
    if (makesTies(resource)) {
      recorder.record(source(resource), ties(resource));
    }
  }

  private static boolean makesTies(Resource resource) {
    return resource instanceof Patient
        || resource instanceof Encounter
        || resource instanceof CareTeam;
  }

  private static String source(Resource resource) {
    return resource.fhirType() + "/" + resource.getIdElement().getIdPart();
  }

  static List<Tie> ties(Resource resource) {
    List<Tie> ties = new ArrayList<>();
    if (resource instanceof Patient patient) {
      site(patient.getIdElement().getIdPart(), patient.getManagingOrganization(), ties);
    } else if (resource instanceof Encounter encounter) {
      of(encounter, ties);
    } else if (resource instanceof CareTeam team) {
      of(team, ties);
    }
    return ties.stream().distinct().toList();
  }

  private static void of(Encounter encounter, List<Tie> ties) {
    String patient = id(encounter.getSubject(), Set.of("Patient"));
    EncounterStatus status = encounter.getStatus();
    if (patient == null || (status != null && NEVER_WAS.contains(status))) {
      return;
    }
    site(patient, encounter.getServiceProvider(), ties);
    if (status != null && GOING_ON.contains(status)) {
      encounter
          .getParticipant()
          .forEach(p -> member(patient, p.getIndividual(), end(p.getPeriod()), ties));
    }
  }

  private static void of(CareTeam team, List<Tie> ties) {
    String patient = id(team.getSubject(), Set.of("Patient"));
    if (patient == null || (team.hasStatus() && team.getStatus() != CareTeamStatus.ACTIVE)) {
      return;
    }
    for (CareTeamParticipantComponent participant : team.getParticipant()) {
      Instant until =
          Stream.of(team.getPeriod(), participant.getPeriod())
              .map(TieInterceptor::end)
              .filter(Objects::nonNull)
              .min(Instant::compareTo)
              .orElse(null);
      member(patient, participant.getMember(), until, ties);
    }
  }

  private static void site(@Nullable String patient, Reference organization, List<Tie> ties) {
    String site = id(organization, Set.of("Organization"));
    if (patient != null && site != null) {
      ties.add(new Tie(patient, Kind.SITE, site, null));
    }
  }

  private static void member(
      String patient, Reference who, @Nullable Instant until, List<Tie> ties) {
    String id = id(who, PEOPLE);
    if (id != null) {
      String reference = who.getReferenceElement().getResourceType() + "/" + id;
      ties.add(new Tie(patient, Kind.MEMBER, reference, until));
    }
  }

  /** Of ours only: another server's ids mean nothing here. */
  private static @Nullable String id(Reference reference, Set<String> types) {
    IIdType id = reference.getReferenceElement();
    return !id.hasBaseUrl() && id.hasResourceType() && types.contains(id.getResourceType())
        ? id.getIdPart()
        : null;
  }

  /** The period's last day, minute or second is within it. */
  private static @Nullable Instant end(Period period) {
    if (!period.hasEnd()) {
      return null;
    }
    Date last = period.getEndElement().getValue();
    return switch (period.getEndElement().getPrecision()) {
      case YEAR -> last.toInstant().plusSeconds(366L * 24 * 3600);
      case MONTH -> last.toInstant().plusSeconds(31L * 24 * 3600);
      case DAY -> last.toInstant().plusSeconds(24L * 3600);
      case MINUTE -> last.toInstant().plusSeconds(60);
      case SECOND, MILLI -> last.toInstant().plusSeconds(1);
    };
  }
}
