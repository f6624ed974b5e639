package org.auscult.timeline.fhir;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.auscult.timeline.Code;
import org.auscult.timeline.References;
import org.hl7.fhir.r4.model.Device;
import org.hl7.fhir.r4.model.DomainResource;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Location;
import org.hl7.fhir.r4.model.Organization;
import org.hl7.fhir.r4.model.Practitioner;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.jspecify.annotations.Nullable;

/**
 * A reference as codes: itself, its identifier, and what a contained resource says of itself. Other
 * resources are not followed: what they say may change without the fact's doing so.
 */
final class ReferenceCodes {
  private final DomainResource holder;
  private final String origin;

  /**
   * @param holder the resource that refers
   * @param origin base URL of the server that holds it; empty for our own record
   */
  ReferenceCodes(DomainResource holder, String origin) {
    this.holder = holder;
    this.origin = origin;
  }

  List<Code> of(List<Reference> references) {
    return references.stream().flatMap(r -> of(r).stream()).distinct().toList();
  }

  List<Code> of(@Nullable Reference reference) {
    if (reference == null) {
      return List.of();
    }
    List<Code> codes = new ArrayList<>();
    String target = reference.getReference();
    if (target != null && target.startsWith("#")) {
      holder.getContained().stream()
          .filter(c -> isNamed(c, target))
          .findFirst()
          .ifPresent(c -> contained(c, codes));
    } else if (target != null) {
      named(reference).ifPresent(name -> add(codes, References.SYSTEM, name));
    }
    if (reference.hasIdentifier()) {
      add(codes, reference.getIdentifier().getSystem(), reference.getIdentifier().getValue());
    }
    return codes;
  }

  /** Without its version; one of another server with that server's address. */
  private Optional<String> named(Reference reference) {
    var id = reference.getReferenceElement();
    String name = id.hasIdPart() ? id.toVersionless().getValue() : reference.getReference();
    if (name == null || name.isBlank()) {
      return Optional.empty();
    }
    boolean isRelative = id.hasIdPart() && !id.isAbsolute() && !name.contains(":");
    return Optional.of(isRelative && !origin.isEmpty() ? origin + "/" + name : name);
  }

  private static boolean isNamed(Resource contained, String target) {
    return target.equals(contained.getId())
        || target.substring(1).equals(contained.getIdElement().getIdPart());
  }

  private static void contained(Resource resource, List<Code> codes) {
    if (resource instanceof Device device) {
      identifiers(device.getIdentifier(), codes);
      codes.addAll(FactProjector.codes(device.getType()));
    } else if (resource instanceof Location location) {
      identifiers(location.getIdentifier(), codes);
    } else if (resource instanceof Practitioner practitioner) {
      identifiers(practitioner.getIdentifier(), codes);
    } else if (resource instanceof Organization organization) {
      identifiers(organization.getIdentifier(), codes);
    }
  }

  private static void identifiers(List<Identifier> identifiers, List<Code> codes) {
    identifiers.forEach(i -> add(codes, i.getSystem(), i.getValue()));
  }

  private static void add(List<Code> codes, @Nullable String system, @Nullable String code) {
    if (FactProjector.isCode(system, code)) {
      codes.add(new Code(system == null ? "" : system, Objects.requireNonNull(code)));
    }
  }
}
