package org.auscult.timeline.fhir;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.auscult.timeline.Circumstances;
import org.auscult.timeline.Code;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Condition;
import org.hl7.fhir.r4.model.DiagnosticReport;
import org.hl7.fhir.r4.model.DomainResource;
import org.hl7.fhir.r4.model.Encounter;
import org.hl7.fhir.r4.model.Extension;
import org.hl7.fhir.r4.model.Immunization;
import org.hl7.fhir.r4.model.MedicationAdministration;
import org.hl7.fhir.r4.model.MedicationRequest;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Procedure;
import org.hl7.fhir.r4.model.Reference;
import org.jspecify.annotations.Nullable;

/** By whom, where on the body, how and with what: which elements of each type say so. */
final class CircumstancesReader {
  private static final String DEVICE_CODE =
      "http://hl7.org/fhir/StructureDefinition/observation-deviceCode";

  private CircumstancesReader() {}

  static Circumstances read(DomainResource resource, String origin) {
    ReferenceCodes references = new ReferenceCodes(resource, origin);
    if (resource instanceof Observation o) {
      List<Code> devices = new ArrayList<>(references.of(given(o.getDevice())));
      devices.addAll(deviceCodes(o));
      return new Circumstances(
          references.of(o.getPerformer()),
          FactProjector.codes(o.getBodySite()),
          FactProjector.codes(o.getMethod()),
          devices);
    } else if (resource instanceof Procedure p) {
      return new Circumstances(
          references.of(p.getPerformer().stream().map(a -> given(a.getActor())).toList()),
          codes(p.getBodySite()),
          List.of(),
          joined(references.of(p.getUsedReference()), codes(p.getUsedCode())));
    } else if (resource instanceof MedicationAdministration m) {
      return new Circumstances(
          references.of(m.getPerformer().stream().map(a -> given(a.getActor())).toList()),
          FactProjector.codes(m.getDosage().getSite()),
          FactProjector.codes(m.getDosage().getMethod()),
          references.of(m.getDevice()));
    } else if (resource instanceof Immunization i) {
      return new Circumstances(
          references.of(i.getPerformer().stream().map(a -> given(a.getActor())).toList()),
          FactProjector.codes(i.getSite()),
          List.of(),
          List.of());
    } else if (resource instanceof Condition c) {
      return new Circumstances(List.of(), codes(c.getBodySite()), List.of(), List.of());
    }
    return byPerformers(performers(resource, references));
  }

  private static List<Code> performers(DomainResource resource, ReferenceCodes references) {
    if (resource instanceof MedicationRequest m) {
      return references.of(given(m.getRequester()));
    } else if (resource instanceof DiagnosticReport d) {
      return references.of(d.getPerformer());
    } else if (resource instanceof Encounter e) {
      return references.of(e.getParticipant().stream().map(p -> given(p.getIndividual())).toList());
    }
    return List.of();
  }

  private static Circumstances byPerformers(List<Code> performers) {
    return performers.isEmpty()
        ? Circumstances.NONE
        : new Circumstances(performers, List.of(), List.of(), List.of());
  }

  /** HAPI gives an empty reference where there is none. */
  private static Reference given(@Nullable Reference reference) {
    return Optional.ofNullable(reference).orElseGet(Reference::new);
  }

  private static List<Code> deviceCodes(Observation observation) {
    return observation.getExtensionsByUrl(DEVICE_CODE).stream()
        .map(Extension::getValue)
        .filter(CodeableConcept.class::isInstance)
        .flatMap(value -> FactProjector.codes((CodeableConcept) value).stream())
        .toList();
  }

  private static List<Code> codes(List<CodeableConcept> concepts) {
    return concepts.stream().flatMap(c -> FactProjector.codes(c).stream()).distinct().toList();
  }

  private static List<Code> joined(List<Code> some, List<Code> others) {
    return Stream.concat(some.stream(), others.stream()).distinct().toList();
  }
}
