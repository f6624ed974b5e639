package org.auscult.access.fhir;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.auscult.access.AccessPolicy;
import org.auscult.access.ConsentRules;
import org.auscult.access.Interaction;
import org.auscult.access.Limits;
import org.auscult.access.PatientTies;
import org.auscult.access.Permission;
import org.auscult.access.Reach;
import org.auscult.access.Requester;
import org.auscult.access.Whose;
import org.hl7.fhir.r4.model.Resource;

/**
 * Begins the session of a request from its requester.
 *
 * @param isOurBase whether a base URL is one of ours, so that references below it are local
 */
public record AccessSessions(
    AccessPolicy policy,
    PatientTies ties,
    Reach.Sites sites,
    ConsentRules consents,
    StoredResources stored,
    FhirContext fhir,
    Predicate<String> isOurBase) {

  /** Whether a requester may open a patient's record at all: for whoever grants a launch. */
  public boolean reaches(Requester requester, String patient) {
    return isNear(new Reach(requester, ties, sites).of(Set.of(patient)));
  }

  /** Those of these patients whom a requester may find: within reach, and withheld by nobody. */
  public Set<String> visible(Requester requester, Collection<String> patients) {
    Reach reach = new Reach(requester, ties, sites);
    AccessSession session = of(requester, reach);
    reach.of(patients);
    Map<String, Limits> limits = reach.limits(patients);
    return patients.stream()
        .filter(patient -> isNear(reach.of(Set.of(patient))))
        .filter(
            patient ->
                limits.getOrDefault(patient, Limits.NONE).isNone()
                    || stored.current("Patient", patient).filter(session::sees).isPresent())
        .collect(Collectors.toSet());
  }

  /** What keeps a patient's whole record from somebody. */
  public enum Barrier {
    NONE,
    /** Out of reach: that there is such a patient is not told either. */
    ELSEWHERE,
    /** A Consent denies it, or a part of it. */
    CONSENT,
    /** Something of it bears a label of special protection, and no Consent permits that label. */
    PROTECTION
  }

  /** The barrier before each of these patients, by the rules of this moment. */
  public Map<String, Barrier> barriers(Requester requester, Collection<String> patients) {
    Reach reach = new Reach(requester, ties, sites);
    reach.of(patients);
    reach.limits(patients);
    AccessSession session = of(requester, reach);
    return patients.stream()
        .distinct()
        .collect(Collectors.toMap(patient -> patient, session::barrier));
  }

  /** Whether somebody may read and search resources of a type, of patients of the own site. */
  public boolean mayRead(Requester requester, String type) {
    return Stream.of(Permission.READ, Permission.SEARCH)
        .allMatch(
            permission ->
                policy.decide(requester, Interaction.of(permission, type, Whose.SITE)).allowed());
  }

  /**
   * Those of these patients whom whoever asks may count: within reach, and withholding nothing,
   * also nothing that bears these labels.
   *
   * @return all for this server's own work, and where nobody is known because nobody is asked
   */
  public Set<String> countable(
      RequestDetails request, Collection<String> patients, Set<String> labels) {
    return AccessSession.of(request)
        .map(session -> session.countable(patients, labels))
        .orElseGet(() -> Set.copyOf(patients));
  }

  /**
   * Whether whoever asks may see a stored resource.
   *
   * @return true for this server's own work, and where nobody is known because nobody is asked
   */
  public boolean sees(RequestDetails request, Resource resource) {
    return AccessSession.of(request).map(session -> session.sees(resource)).orElse(true);
  }

  /** The labels of special protection of a patient's resources, by reference without version. */
  public Map<String, Set<String>> labels(String patient) {
    return ties.limits(Set.of(patient)).getOrDefault(patient, Limits.NONE).labelled();
  }

  /**
   * Whether a model's result may name what bears these labels of special protection, in the answer
   * to an operation on a patient.
   *
   * @param operation with the dollar sign
   * @return true for this server's own work, and where nobody is known because nobody is asked
   */
  public boolean mayName(
      RequestDetails request, String operation, String patient, Set<String> labels) {
    Interaction asked = Interaction.call(operation, "Patient", Whose.NONE);
    return AccessSession.of(request)
        .map(session -> session.mayName(asked, patient, labels))
        .orElse(true);
  }

  /** The same on a card, for whom an EHR shows it to. */
  public boolean mayName(Requester viewer, String patient, Set<String> labels) {
    Interaction asked = Interaction.of(Permission.READ, "Observation", Whose.NONE);
    return of(viewer).mayName(asked, patient, labels);
  }

  static boolean isNear(Whose whose) {
    return switch (whose) {
      case LAUNCH, CARE_TEAM, SITE -> true;
      case NONE, WITHHELD, ELSEWHERE -> false;
    };
  }

  void begin(RequestDetails request, Requester requester) {
    of(requester).begin(request);
  }

  AccessSession of(Requester requester) {
    return of(requester, new Reach(requester, ties, sites));
  }

  private AccessSession of(Requester requester, Reach reach) {
    return new AccessSession(
        policy,
        requester,
        reach,
        new Withholding(
            requester, reach, consents, fhir.newTerser(), stored, InstantSource.system()),
        fhir,
        isOurBase,
        stored);
  }
}
