package org.auscult.access.fhir;

import ca.uhn.fhir.util.FhirTerser;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.auscult.access.fhir.TieRecorder.Kind;
import org.auscult.access.fhir.TieRecorder.Tie;
import org.auscult.interceptor.PredictionGuardInterceptor;
import org.hl7.fhir.instance.model.api.IIdType;
import org.hl7.fhir.r4.model.CareTeam;
import org.hl7.fhir.r4.model.CareTeam.CareTeamParticipantComponent;
import org.hl7.fhir.r4.model.CareTeam.CareTeamStatus;
import org.hl7.fhir.r4.model.Consent;
import org.hl7.fhir.r4.model.Encounter;
import org.hl7.fhir.r4.model.Encounter.EncounterStatus;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.jspecify.annotations.Nullable;

/**
 * Finds what a resource ties patients to. A Patient's managing organization and an Encounter's
 * service provider are its sites; who takes part in an Encounter that is planned or going on, and
 * in an active CareTeam, is in the care team; an active Consent, and any label of special
 * protection, limit access to the patients whom they name.
 */
public final class TieFinder {
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

  /** Types that tie patients by what they are; any other ties them by its labels alone. */
  public static final Set<String> TYPES = Set.of("Patient", "Encounter", "CareTeam", "Consent");

  private final FhirTerser terser;
  private final Predicate<String> isOurBase;
  private final StoredResources stored;

  public TieFinder(FhirTerser terser, Predicate<String> isOurBase, StoredResources stored) {
    this.terser = terser;
    this.isOurBase = isOurBase;
    this.stored = stored;
  }

  /** The codes of the labels of special protection. */
  public static Set<String> labels() {
    return SensitiveLabels.codes();
  }

  /** Whether it may tie anybody. */
  static boolean concerns(Resource resource) {
    return TYPES.contains(resource.fhirType()) || !SensitiveLabels.of(resource).isEmpty();
  }

  /** What it ties; nothing if it ties nobody any more. */
  public List<Tie> in(Resource resource) {
    List<Tie> ties = new ArrayList<>();
    if (resource instanceof Patient patient) {
      site(patient.getIdElement().getIdPart(), patient.getManagingOrganization(), ties);
    } else if (resource instanceof Encounter encounter) {
      of(encounter, ties);
    } else if (resource instanceof CareTeam team) {
      of(team, ties);
    } else if (resource instanceof Consent consent) {
      of(consent, ties);
    }
    labels(resource, ties);
    return ties.stream().distinct().toList();
  }

  /** As the ties of a resource are kept under. */
  public static String source(Resource resource) {
    return resource.fhirType() + "/" + resource.getIdElement().getIdPart();
  }

  private void labels(Resource resource, List<Tie> ties) {
    Set<String> labels = SensitiveLabels.of(resource);
    if (!labels.isEmpty()) {
      Kind kind = isOfModel(resource) ? Kind.SAID : Kind.LABEL;
      for (String patient : NamedPatients.in(resource, terser, isOurBase, stored).ids()) {
        labels.forEach(label -> ties.add(new Tie(patient, kind, label, null)));
      }
    }
  }

  /** Profiles of which {@link PredictionGuardInterceptor} lets nobody but this server write. */
  private static boolean isOfModel(Resource resource) {
    return resource.getMeta().getProfile().stream()
        .anyMatch(profile -> PredictionGuardInterceptor.guards(String.valueOf(profile.getValue())));
  }

  private static void of(Consent consent, List<Tie> ties) {
    String patient = id(consent.getPatient(), Set.of("Patient"));
    if (patient != null && Consents.isInForce(consent)) {
      IIdType id = consent.getIdElement();
      String version = id.getIdPart() + "/_history/" + version(consent);
      ties.add(
          new Tie(
              patient, Kind.CONSENT, version, Consents.end(consent.getProvision().getPeriod())));
    }
  }

  private static String version(Resource resource) {
    return resource.getIdElement().hasVersionIdPart()
        ? resource.getIdElement().getVersionIdPart()
        : Objects.requireNonNullElse(resource.getMeta().getVersionId(), "1");
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
          .forEach(p -> member(patient, p.getIndividual(), Consents.end(p.getPeriod()), ties));
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
              .map(Consents::end)
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
}
