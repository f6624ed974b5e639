package org.auscult.access.fhir;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.api.server.SystemRequestDetails;
import ca.uhn.fhir.util.FhirTerser;
import java.util.Collection;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.auscult.access.AccessPolicy;
import org.auscult.access.Decision;
import org.auscult.access.Interaction;
import org.auscult.access.Permission;
import org.auscult.access.Reach;
import org.auscult.access.RefusalReason;
import org.auscult.access.Requester;
import org.auscult.access.Rights;
import org.auscult.access.Whose;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.Binary;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Resource;
import org.jspecify.annotations.Nullable;

/**
 * What one requester may do within one request, and what was looked up for that. It travels in the
 * request's user data, since searches go on in other threads after the servlet's request has gone.
 * Threads: safe.
 */
final class AccessSession {
  /** System of the identifier in a Binary's security context that names who may read it. */
  static final String OWNER_SYSTEM = "https://auscult.org/fhir/sid/owner";

  private static final String KEY = AccessSession.class.getName();

  private final AccessPolicy policy;
  private final Rights rights;
  private final Reach reach;
  private final Withholding withholding;
  private final FhirContext fhir;
  private final FhirTerser terser;
  private final Predicate<String> isOurBase;
  private final StoredResources stored;

  private final Map<String, Boolean> unlimited = new ConcurrentHashMap<>();

  /** Of Patients that the same transaction creates, by their placeholder. */
  private final Map<String, Whose> newPatients = new ConcurrentHashMap<>();

  AccessSession(
      AccessPolicy policy,
      Requester requester,
      Reach reach,
      Withholding withholding,
      FhirContext fhir,
      Predicate<String> isOurBase,
      StoredResources stored) {
    this.policy = policy;
    this.rights = policy.of(requester);
    this.reach = reach;
    this.withholding = withholding;
    this.fhir = fhir;
    this.terser = fhir.newTerser();
    this.isOurBase = isOurBase;
    this.stored = stored;
  }

  /** The session of a request; empty for this server's own work, and where nobody is known. */
  static Optional<AccessSession> of(@Nullable RequestDetails request) {
    if (request == null || request instanceof SystemRequestDetails) {
      return Optional.empty();
    }
    return Optional.ofNullable((AccessSession) request.getUserData().get(KEY));
  }

  void begin(RequestDetails request) {
    request.getUserData().put(KEY, this);
  }

  Requester requester() {
    return rights.requester();
  }

  Rights rights() {
    return rights;
  }

  /** Whether no patient is out of reach by site. */
  boolean isEverywhere() {
    return reach.isEverywhere();
  }

  /** How near the farthest patient of all is. */
  Whose ofAll() {
    return reach.ofAll();
  }

  /** Who asks, for what belongs to nobody else: the same for all of a user's tokens of a client. */
  String owner() {
    return requester().application();
  }

  /** How near the farthest patient that a resource names is. */
  Whose of(Resource resource) {
    NamedPatients named = NamedPatients.in(resource, terser, isOurBase, stored);
    Whose whose = of(named);
    boolean asksPatients = whose != Whose.ELSEWHERE && policy.namesPatients(resource.fhirType());
    return asksPatients && withholding.withholds(resource, named.ids())
        ? whose.orFarther(Whose.WITHHELD)
        : whose;
  }

  /** The same, whatever the patient withholds: for who asks to open it in an emergency. */
  Whose ofTies(Resource resource) {
    return of(NamedPatients.in(resource, terser, isOurBase, stored));
  }

  private Whose of(NamedPatients named) {
    Whose whose = reach.of(named.ids());
    if (named.hasUnknown()) {
      whose = reach.ofAll().orFarther(whose);
    }
    for (String placeholder : named.placeholders()) {
      whose = whose.orFarther(newPatients.getOrDefault(placeholder, Whose.NONE));
    }
    return whose;
  }

  /** The same of a resource that is about to be created: a Patient is where its site is. */
  Whose ofNew(Resource resource) {
    if (!(resource instanceof Patient patient) || reach.isEverywhere()) {
      return resource instanceof Patient ? Whose.SITE : of(resource);
    }
    String site = patient.getManagingOrganization().getReferenceElement().getIdPart();
    return site != null && requester().sites().contains(site) ? Whose.SITE : Whose.ELSEWHERE;
  }

  /** Notes a Patient that the transaction creates. */
  void creates(String placeholder, Patient patient) {
    newPatients.put(placeholder, ofNew(patient));
  }

  /** Whether a patient may withhold something, so that nobody may ask of the whole record. */
  boolean withholdsAny(String patient) {
    return withholding.withholdsAny(patient);
  }

  /** What keeps the whole of a patient's record from the requester, be it a part of it. */
  AccessSessions.Barrier barrier(String patient) {
    if (!AccessSessions.isNear(reach.of(Set.of(patient)))) {
      return AccessSessions.Barrier.ELSEWHERE;
    }
    if (withholding.refuses(patient)) {
      return AccessSessions.Barrier.CONSENT;
    }
    return withholding.protects(patient)
        ? AccessSessions.Barrier.PROTECTION
        : AccessSessions.Barrier.NONE;
  }

  /**
   * Whether, in the answer to what is asked, a model's result may name what bears these labels.
   *
   * @param asked of a patient, however near
   */
  boolean mayName(Interaction asked, String patient, Set<String> labels) {
    Whose near = reach.of(Set.of(patient));
    Whose whose = withholding.withholds(patient, labels) ? near.orFarther(Whose.WITHHELD) : near;
    return rights.decide(asked.of(whose)).allowed();
  }

  /** Those of these patients who are near, and withhold nothing, nor what bears these labels. */
  Set<String> countable(Collection<String> patients, Set<String> labels) {
    reach.of(patients);
    reach.limits(patients);
    return patients.stream()
        .filter(patient -> AccessSessions.isNear(reach.of(Set.of(patient))))
        .filter(patient -> !withholding.withholdsAny(patient))
        .filter(patient -> labels.isEmpty() || !withholding.withholds(patient, labels))
        .collect(Collectors.toSet());
  }

  /** Whether an emergency has shown what would have been withheld. */
  boolean isOpenedByEmergency() {
    return withholding.isOpenedByEmergency();
  }

  /** Decides an interaction with a resource, its filters included. */
  Decision decide(Permission permission, Resource resource, Whose whose) {
    String type = resource.fhirType();
    Decision decision = rights.decide(Interaction.of(permission, type, whose));
    if (decision instanceof Decision.Allowed allowed
        && !allowed.limits().isEmpty()
        && allowed.limits().stream().noneMatch(limit -> stored.matches(resource, limit))) {
      return new Decision.Refused(
          RefusalReason.NO_SCOPE, "It is outside of the filters of this token's scopes.");
    }
    return decision;
  }

  /** Whether the requester may see this resource. */
  boolean sees(IBaseResource given) {
    Resource resource = (Resource) given;
    if (isSomebodyElses(resource)) {
      return false;
    }
    String type = resource.fhirType();
    String id = resource.getIdElement().getIdPart();
    if (id != null && rights.isSelf(type, id)) {
      return true;
    }
    if (isUnlimited(Permission.READ, type) || isUnlimited(Permission.SEARCH, type)) {
      return true;
    }
    Whose whose = of(resource);
    return decide(Permission.READ, resource, whose).allowed()
        || decide(Permission.SEARCH, resource, whose).allowed();
  }

  /** Takes out what the purpose of use does not need; of what may be seen. */
  void cut(Resource resource) {
    String id = resource.getIdElement().getIdPart();
    rights
        .elements(resource.fhirType())
        .filter(kept -> id == null || !rights.isSelf(resource.fhirType(), id))
        .ifPresent(kept -> Elements.keep(resource, kept, fhir));
  }

  /** Whether it is a file of an export that somebody else started. */
  boolean isSomebodyElses(Resource resource) {
    return resource instanceof Binary binary
        && OWNER_SYSTEM.equals(binary.getSecurityContext().getIdentifier().getSystem())
        && !owner().equals(binary.getSecurityContext().getIdentifier().getValue());
  }

  /** Whether no resource of a type is withheld from this interaction. */
  boolean isUnlimited(Permission permission, String type) {
    return unlimited.computeIfAbsent(
        permission.letter() + type, key -> withholdsNothing(permission, type));
  }

  private boolean withholdsNothing(Permission permission, String type) {
    Interaction asked = Interaction.of(permission, type, Whose.NONE);
    EnumSet<Whose> needed = EnumSet.of(Whose.NONE);
    if (policy.namesPatients(type)) {
      needed.addAll(EnumSet.of(Whose.LAUNCH, Whose.CARE_TEAM, reach.ofAll()));
      needed.addAll(EnumSet.of(Whose.SITE, Whose.WITHHELD));
    }
    return rights.reach(asked).containsAll(needed)
        && !rights.isFiltered(asked)
        && rights.elements(type).isEmpty();
  }

  /** Whether resources of a type may name patients. */
  boolean namesPatients(String type) {
    return policy.namesPatients(type);
  }

  boolean isOfAllPatients(Interaction asked) {
    return policy.isOfAllPatients(asked);
  }

  /** What is stored, whoever asks. */
  Optional<Resource> stored(String type, String id) {
    return stored.current(type, id);
  }
}
