package org.auscult.access.fhir;

import ca.uhn.fhir.util.FhirTerser;
import ca.uhn.fhir.util.ResourceReferenceInfo;
import java.util.HashSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.hl7.fhir.instance.model.api.IIdType;
import org.hl7.fhir.r4.model.Binary;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Provenance;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;

/**
 * Which patients a resource names: by any reference in it, extensions and contained resources too,
 * which is more than its compartments. One that names two patients tells of both.
 *
 * <p>A Patient names itself; that another record is of the same person ({@code link}) does not tie
 * it to that record's sites. A Provenance and a Binary that name no patient are of those whom their
 * targets and their security context name.
 *
 * @param ids of our patients
 * @param placeholders references to resources of the same transaction, {@code urn:uuid:…}
 * @param hasUnknown whether a patient is named whom nobody can tell: of another server, or by
 *     search
 */
record NamedPatients(Set<String> ids, Set<String> placeholders, boolean hasUnknown) {
  NamedPatients {
    ids = Set.copyOf(ids);
    placeholders = Set.copyOf(placeholders);
  }

  static NamedPatients in(
      Resource resource, FhirTerser terser, Predicate<String> isOurBase, StoredResources stored) {
    if (resource instanceof Patient) {
      String id = resource.getIdElement().getIdPart();
      return new NamedPatients(id == null ? Set.of() : Set.of(id), Set.of(), false);
    }
    NamedPatients direct = direct(resource, terser, isOurBase);
    if (!direct.ids().isEmpty() || direct.hasUnknown()) {
      return direct;
    }
    Set<String> ids = new HashSet<>();
    boolean unknown = false;
    for (Reference reference : indirect(resource)) {
      Optional<Resource> target = target(reference, stored);
      if (target.isPresent()) {
        NamedPatients there =
            target.get() instanceof Patient
                ? in(target.get(), terser, isOurBase, stored)
                : direct(target.get(), terser, isOurBase);
        ids.addAll(there.ids());
        unknown |= there.hasUnknown();
      } else {
        unknown |= resource instanceof Binary;
      }
    }
    return new NamedPatients(ids, direct.placeholders(), unknown);
  }

  private static NamedPatients direct(
      Resource resource, FhirTerser terser, Predicate<String> isOurBase) {
    Set<String> ids = new HashSet<>();
    Set<String> placeholders = new HashSet<>();
    boolean unknown = false;
    for (ResourceReferenceInfo info : terser.getAllResourceReferences(resource)) {
      IIdType to = info.getResourceReference().getReferenceElement();
      String text = String.valueOf(to.getValue());
      if (text.startsWith("urn:")) {
        placeholders.add(text);
      } else if (text.startsWith("Patient?")) {
        unknown = true;
      } else if ("Patient".equals(to.getResourceType()) && to.hasIdPart()) {
        if (to.hasBaseUrl() && !isOurBase.test(to.getBaseUrl())) {
          unknown = true;
        } else {
          ids.add(Objects.requireNonNull(to.getIdPart()));
        }
      }
    }
    return new NamedPatients(ids, placeholders, unknown);
  }

  private static Iterable<Reference> indirect(Resource resource) {
    if (resource instanceof Provenance provenance) {
      return provenance.getTarget();
    }
    if (resource instanceof Binary binary
        && binary.hasSecurityContext()
        && binary.getSecurityContext().hasReference()) {
      return Set.of(binary.getSecurityContext());
    }
    return Set.of();
  }

  private static Optional<Resource> target(Reference reference, StoredResources stored) {
    IIdType id = reference.getReferenceElement();
    return id.hasResourceType() && id.hasIdPart()
        ? stored.current(
            Objects.requireNonNull(id.getResourceType()), Objects.requireNonNull(id.getIdPart()))
        : Optional.empty();
  }
}
