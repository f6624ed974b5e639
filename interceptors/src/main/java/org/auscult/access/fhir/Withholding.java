package org.auscult.access.fhir;

import ca.uhn.fhir.util.FhirTerser;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.auscult.access.ConsentRules;
import org.auscult.access.Limits;
import org.auscult.access.Provision;
import org.auscult.access.Provision.Ruling;
import org.auscult.access.Provision.Verdict;
import org.auscult.access.Provision.What;
import org.auscult.access.Provision.Who;
import org.auscult.access.Reach;
import org.auscult.access.Requester;
import org.hl7.fhir.instance.model.api.IIdType;
import org.hl7.fhir.r4.model.Base;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Property;
import org.hl7.fhir.r4.model.Resource;

/**
 * What patients withhold from one requester: by a Consent, and whatever bears a label of special
 * protection unless a Consent permits that label. A resource that refers to a labelled one of the
 * same patient counts as labelled too, since it may name what that one says: so do a prediction and
 * its explanation that rest on it. An emergency that the requester has opened lifts both.
 */
final class Withholding {
  private static final Set<String> KINDS =
      Set.of("code", "type", "category", "class", "vaccineCode", "medication[x]");

  private final Requester requester;
  private final Reach reach;
  private final ConsentRules rules;
  private final FhirTerser terser;
  private final Memberships memberships;
  private final InstantSource clock;

  /** Whether an emergency has opened what would have been withheld. */
  private final AtomicBoolean openedByEmergency = new AtomicBoolean();

  Withholding(
      Requester requester,
      Reach reach,
      ConsentRules rules,
      FhirTerser terser,
      StoredResources stored,
      InstantSource clock) {
    this.requester = requester;
    this.reach = reach;
    this.rules = rules;
    this.terser = terser;
    this.memberships = new Memberships(requester, stored, clock);
    this.clock = clock;
  }

  boolean isOpenedByEmergency() {
    return openedByEmergency.get();
  }

  /** Whether one of these patients, whom a resource names, withholds it. */
  boolean withholds(Resource resource, Set<String> patients) {
    Set<String> own = SensitiveLabels.of(resource);
    boolean is = false;
    for (Map.Entry<String, Limits> limits : reach.limits(patients).entrySet()) {
      if (limits.getValue().isNone() && own.isEmpty()) {
        continue;
      }
      if (isDenied(resource, own, limits.getValue())) {
        is |= !isOpened(limits.getValue());
      }
    }
    // What is labelled and of nobody known can be permitted by nobody.
    return is || (!own.isEmpty() && patients.isEmpty());
  }

  /** Whether there may be anything that a patient withholds. */
  boolean withholdsAny(String patient) {
    Limits limits = limits(patient);
    return (refuses(limits) || protects(limits)) && !isOpened(limits);
  }

  /** Whether a patient's Consents may deny the requester anything; no emergency opens that here. */
  boolean refuses(String patient) {
    return refuses(limits(patient));
  }

  /** Whether a resource of a patient bears a label that no Consent permits the requester. */
  boolean protects(String patient) {
    return protects(limits(patient));
  }

  private Limits limits(String patient) {
    return reach.limits(Set.of(patient)).getOrDefault(patient, Limits.NONE);
  }

  private boolean refuses(Limits limits) {
    if (limits.consents().isEmpty()) {
      return false;
    }
    List<Provision> rules = rules(limits);
    Who who = who(rules);
    return rules.stream().anyMatch(rule -> rule.mayDeny(who));
  }

  private boolean protects(Limits limits) {
    return limits.labelled().entrySet().stream()
        .anyMatch(
            one -> {
              String type = one.getKey().split("/", 2)[0];
              Set<String> itself = Set.of(one.getKey());
              What what = new What(type, itself, Set.of(), Set.of(), one.getValue());
              return isDenied(limits, what, one.getValue());
            });
  }

  /** Whether a patient withholds what a model says of what bears these labels. */
  boolean withholds(String patient, Set<String> labels) {
    Limits limits = reach.limits(Set.of(patient)).getOrDefault(patient, Limits.NONE);
    What what = new What("Observation", Set.of(), Set.of(), Set.of(), labels);
    return isDenied(limits, what, labels) && !isOpened(limits);
  }

  private boolean isOpened(Limits limits) {
    boolean is = limits.opened().contains(requester.person());
    if (is) {
      openedByEmergency.set(true);
    }
    return is;
  }

  private boolean isDenied(Resource resource, Set<String> own, Limits limits) {
    Set<String> references = references(resource);
    Set<String> sensitive = new HashSet<>(own);
    addNamed(limits.labelled(), references, sensitive);
    addNamed(limits.said(), references, sensitive);
    return isDenied(limits, what(resource, references, sensitive), sensitive);
  }

  private static void addNamed(
      Map<String, Set<String>> labelled, Set<String> references, Set<String> to) {
    labelled.forEach(
        (source, labels) -> {
          if (references.contains(source)) {
            to.addAll(labels);
          }
        });
  }

  private boolean isDenied(Limits limits, What what, Set<String> sensitive) {
    List<Provision> rules = rules(limits);
    Who who = who(rules);
    List<Ruling> rulings = rules.stream().flatMap(rule -> rule.ruling(who, what).stream()).toList();
    if (rulings.stream().anyMatch(ruling -> ruling.verdict() == Verdict.DENY)) {
      return true;
    }
    Set<String> permitted =
        rulings.stream().flatMap(r -> r.labels().stream()).collect(Collectors.toSet());
    return !permitted.containsAll(sensitive);
  }

  private List<Provision> rules(Limits limits) {
    return limits.consents().stream().map(rules::of).toList();
  }

  /** As these rules may name the requester. */
  private Who who(List<Provision> rules) {
    Set<String> actors = Memberships.actors(requester);
    Set<String> strangers = new HashSet<>();
    rules.stream()
        .flatMap(Provision::groups)
        .distinct()
        .forEach(
            group -> {
              switch (memberships.of(group)) {
                case MEMBER -> actors.add(group);
                case STRANGER -> strangers.add(group);
                case UNKNOWN -> {
                  // Then a denial counts, and a permission does not.
                }
              }
            });
    return new Who(actors, strangers, requester.purpose(), clock.instant());
  }

  private Set<String> references(Resource resource) {
    Set<String> references = new HashSet<>();
    references.add(resource.fhirType() + "/" + resource.getIdElement().getIdPart());
    terser
        .getAllResourceReferences(resource)
        .forEach(
            info -> {
              IIdType to = info.getResourceReference().getReferenceElement();
              if (to.hasResourceType() && to.hasIdPart()) {
                references.add(to.getResourceType() + "/" + to.getIdPart());
              }
            });
    return references;
  }

  private What what(Resource resource, Set<String> references, Set<String> sensitive) {
    Set<String> labels = new HashSet<>(sensitive);
    resource.getMeta().getSecurity().stream()
        .map(Coding::getCode)
        .filter(Objects::nonNull)
        .forEach(labels::add);
    Set<String> codes =
        terser.getAllPopulatedChildElementsOfType(resource, Coding.class).stream()
            .map(Consents::text)
            .collect(Collectors.toSet());
    return new What(resource.fhirType(), references, codes, kinds(resource), labels);
  }

  private Set<String> kinds(Resource resource) {
    List<Coding> kinds = new ArrayList<>();
    for (Property property : resource.children()) {
      if (KINDS.contains(property.getName())) {
        for (Base value : property.getValues()) {
          if (value instanceof Coding coding) {
            kinds.add(coding);
          } else if (value instanceof CodeableConcept concept) {
            kinds.addAll(concept.getCoding());
          }
        }
      }
    }
    return kinds.stream().map(Consents::text).collect(Collectors.toSet());
  }
}
