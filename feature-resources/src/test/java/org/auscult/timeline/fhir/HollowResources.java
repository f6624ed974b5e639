package org.auscult.timeline.fhir;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.parser.IParser;
import ca.uhn.fhir.parser.LenientErrorHandler;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.hl7.fhir.r4.model.Resource;

/**
 * Every type that the timeline holds, full, with each element taken out, emptied, or filled with
 * nonsense in turn.
 */
final class HollowResources {
  static final List<String> TYPES =
      List.of(
          "Observation",
          "Condition",
          "MedicationRequest",
          "MedicationAdministration",
          "MedicationStatement",
          "Procedure",
          "Encounter",
          "AllergyIntolerance",
          "Immunization",
          "Claim",
          "ExplanationOfBenefit",
          "DiagnosticReport",
          "Patient");

  private static final String FULL =
      """
      {"id": "r1", "meta": {"versionId": "x-1", "lastUpdated": "2024-06-01T12:00:00Z"},
       "subject": {"reference": "Patient/p"}, "patient": {"reference": "Patient/p"},
       "status": "final", "intent": "order", "class": {"system": "a", "code": "b"},
       "code": {"coding": [{"system": "a", "code": "b"}, {"system": "a"}, {"display": "x"}]},
       "type": {"coding": [{"code": "b"}]}, "vaccineCode": {"coding": [{"code": "b"}]},
       "medicationReference": {"reference": "#nowhere"}, "item": [{"sequence": 1}],
       "effectiveDateTime": "2024", "authoredOn": "2024-01", "issued": "2024-01-01T00:00:00Z",
       "onsetDateTime": "2024-01-01", "abatementDateTime": "2020", "recordedDate": "2024",
       "performedDateTime": "2024", "period": {"start": "2024", "end": "2023"},
       "billablePeriod": {"end": "2023"}, "occurrenceString": "once", "created": "2024",
       "valueQuantity": {"value": 1e300, "comparator": ">", "unit": "((", "code": "}{"},
       "interpretation": [{}], "category": [{"text": "x"}], "component": [{}, {"valueString": ""}],
       "clinicalStatus": {"coding": [{"code": "active"}]}, "dosage": {}, "encounter": {},
       "birthDate": "1960", "gender": "female", "deceasedBoolean": true, "active": true,
       "extension": [{"url": "http://hl7.org/fhir/StructureDefinition/patient-sexParameterForClinicalUse"},
         {"url": "http://hl7.org/fhir/us/core/StructureDefinition/us-core-birthsex"}]}""";

  private static final List<String> NONSENSE =
      List.of("null", "{}", "[]", "\"\"", "\"zz\"", "-1", "true", "[{}]", "{\"reference\": \"/\"}");

  private HollowResources() {}

  static List<Resource> all() {
    try {
      List<Resource> resources = new ArrayList<>();
      ObjectMapper json = new ObjectMapper();
      IParser parser = FhirContext.forR4Cached().newJsonParser();
      parser.setParserErrorHandler(new LenientErrorHandler(false).setErrorOnInvalidValue(false));
      for (String type : TYPES) {
        ObjectNode full = (ObjectNode) json.readTree(FULL);
        full.put("resourceType", type);
        List<String> fields = new ArrayList<>();
        full.fieldNames().forEachRemaining(fields::add);
        fields.remove("resourceType");
        parse(parser, full, resources);
        for (String field : fields) {
          ObjectNode without = full.deepCopy();
          without.remove(field);
          parse(parser, without, resources);
          for (String nonsense : NONSENSE) {
            JsonNode filled = full.deepCopy().set(field, json.readTree(nonsense));
            parse(parser, filled, resources);
          }
        }
      }
      return resources;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What even a lenient parser refuses never reaches the projector. */
  private static void parse(IParser parser, JsonNode node, List<Resource> into) {
    try {
      into.add((Resource) parser.parseResource(node.toString()));
    } catch (RuntimeException refused) {
      // Refused by the parser: nothing to project.
    }
  }
}
