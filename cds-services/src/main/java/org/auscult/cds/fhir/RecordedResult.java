package org.auscult.cds.fhir;

import ca.uhn.fhir.context.FhirContext;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.auscult.cds.Card.Action;
import org.auscult.cds.Card.ActionType;
import org.auscult.model.PredictionModel;
import org.auscult.model.fhir.PredictionResources;
import org.auscult.prediction.Caller;
import org.auscult.prediction.CardId;
import org.auscult.prediction.JournalEntry;
import org.auscult.prediction.ModelRun;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.RiskAssessment;

/**
 * A model's result for the caller's own record: a whole resource in the caller's ids, labelled as
 * written by a model, and identified by its card's uuid. Of the evidence it names what is the
 * caller's; our ids mean nothing there.
 */
public final class RecordedResult {
  private static final FhirContext FHIR = FhirContext.forR4Cached();
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private RecordedResult() {}

  /** The action that creates it; empty if the caller did not say who its patient is. */
  public static Optional<Action> of(
      JournalEntry entry, ModelRun run, Function<String, PredictionModel> models) {
    Caller caller = entry.call().caller();
    if (caller.patient() == null) {
      return Optional.empty();
    }
    String id = entry.id() + "." + run.index();
    return PredictionResources.render(entry, "Patient/" + caller.patient(), models).stream()
        .filter(resource -> id.equals(resource.getIdElement().getIdPart()))
        .findFirst()
        .map(
            resource ->
                action(
                    resource,
                    caller,
                    models.apply(run.model()),
                    CardId.of(entry.id(), run.index() + 1)));
  }

  private static Action action(Resource resource, Caller caller, PredictionModel model, UUID card) {
    Identifier prediction =
        new Identifier().setSystem("urn:ietf:rfc:3986").setValue("urn:uuid:" + card);
    Reference device = new Reference().setDisplay(model.title() + ", version " + model.version());
    resource.setId((String) null);
    resource.getMeta().getProfile().clear();
    if (resource instanceof Observation observation) {
      observation.getExtension().clear();
      observation.setIdentifier(List.of(prediction));
      observation.setDevice(device);
      observation.setDerivedFrom(callers(observation.getDerivedFrom(), caller));
      encounter(caller).ifPresent(observation::setEncounter);
    } else if (resource instanceof RiskAssessment risk) {
      risk.getExtension().clear();
      risk.getPrediction().forEach(p -> p.getExtension().clear());
      risk.setIdentifier(List.of(prediction));
      risk.setPerformer(device);
      risk.setBasis(callers(risk.getBasis(), caller));
      encounter(caller).ifPresent(risk::setEncounter);
    }
    return new Action(ActionType.CREATE, "Record " + model.title(), json(resource), null);
  }

  private static Optional<Reference> encounter(Caller caller) {
    return Optional.ofNullable(caller.encounter()).map(e -> new Reference("Encounter/" + e));
  }

  /** Relative, as in the caller's own record. */
  private static List<Reference> callers(List<Reference> evidence, Caller caller) {
    String server = caller.fhirServer() + "/";
    return evidence.stream()
        .map(Reference::getReference)
        .filter(reference -> reference != null && reference.startsWith(server))
        .map(reference -> new Reference(reference.substring(server.length())))
        .toList();
  }

  private static Map<String, Object> json(Resource resource) {
    try {
      return JSON.readValue(
          FHIR.newJsonParser().encodeResourceToString(resource), new TypeReference<>() {});
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A resource cannot be read back", e);
    }
  }
}
