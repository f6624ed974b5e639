package org.auscult.timeline.fhir;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.auscult.timeline.ResourceKind;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Provenance;
import org.hl7.fhir.r4.model.Provenance.ProvenanceAgentComponent;
import org.hl7.fhir.r4.model.Reference;

/**
 * A resource of which a Provenance says that a model wrote it.
 *
 * @param kind never a Patient: whom a record is about, no model decides
 * @param version 0 where the Provenance names none, which means every version
 */
public record ModelWritten(ResourceKind kind, String id, long version) {
  private static final String OBSERVATION_VALUE =
      "http://terminology.hl7.org/CodeSystem/v3-ObservationValue";
  private static final String DEVICE_TYPE =
      "http://hl7.org/fhir/uv/aitransparency/CodeSystem/AIdeviceTypeCS";
  private static final Map<String, ResourceKind> KINDS =
      Arrays.stream(ResourceKind.values())
          .filter(kind -> kind != ResourceKind.PATIENT)
          .collect(Collectors.toUnmodifiableMap(ResourceKind::fhirType, Function.identity()));

  /**
   * What a Provenance says that a model wrote: its targets in our record, if its reason is AIAST or
   * the type or role of an agent is that of an artificial intelligence.
   */
  public static List<ModelWritten> in(Provenance provenance) {
    boolean isOfModel =
        provenance.getReason().stream().anyMatch(r -> has(r, OBSERVATION_VALUE, "AIAST"))
            || provenance.getAgent().stream().anyMatch(ModelWritten::isModel);
    if (!isOfModel) {
      return List.of();
    }
    return provenance.getTarget().stream()
        .map(Reference::getReferenceElement)
        .filter(id -> KINDS.containsKey(String.valueOf(id.getResourceType())))
        .filter(id -> !id.isAbsolute() && id.hasIdPart())
        .map(
            id ->
                new ModelWritten(
                    Objects.requireNonNull(KINDS.get(id.getResourceType())),
                    id.getIdPart(),
                    id.hasVersionIdPart() ? version(id.getVersionIdPart()) : 0))
        .distinct()
        .toList();
  }

  /** A version that is no number is none that we gave: then every version is meant. */
  private static long version(String text) {
    return text.matches("[1-9][0-9]{0,17}") ? Long.parseLong(text) : 0;
  }

  private static boolean isModel(ProvenanceAgentComponent agent) {
    return has(agent.getType(), DEVICE_TYPE, "Artificial-Intelligence")
        || agent.getRole().stream().anyMatch(r -> has(r, DEVICE_TYPE, "Artificial-Intelligence"));
  }

  private static boolean has(CodeableConcept concept, String system, String code) {
    return concept.getCoding().stream()
        .anyMatch(c -> system.equals(c.getSystem()) && code.equals(c.getCode()));
  }
}
