package org.auscult.server.signature;

import ca.uhn.fhir.context.FhirContext;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import org.hl7.fhir.r4.model.Resource;

/**
 * The one form of a resource's content in bytes: JSON without white space, names sorted, decimals
 * as they were written, the narrative included. Left out is {@code meta}: its tags and security
 * labels may change without a new version. The version is part of what a signature names.
 *
 * <p>Source: FHIR R4, canonical JSON ({@code http://hl7.org/fhir/canonicalization/json}).
 */
final class CanonicalRecord {
  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .nodeFactory(JsonNodeFactory.withExactBigDecimals(true))
          .disable(SerializationFeature.INDENT_OUTPUT)
          .build();

  private CanonicalRecord() {}

  static byte[] bytes(FhirContext context, Resource resource) {
    try {
      ObjectNode json =
          (ObjectNode) JSON.readTree(context.newJsonParser().encodeResourceToString(resource));
      json.remove("meta");
      return JSON.writeValueAsString(sorted(json)).getBytes(StandardCharsets.UTF_8);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("HAPI wrote what is no JSON", e);
    }
  }

  private static JsonNode sorted(JsonNode node) {
    if (node.isObject()) {
      Map<String, JsonNode> fields = new TreeMap<>();
      node.fields().forEachRemaining(field -> fields.put(field.getKey(), sorted(field.getValue())));
      ObjectNode object = JSON.createObjectNode();
      fields.forEach(object::set);
      return object;
    }
    if (node.isArray()) {
      var array = JSON.createArrayNode();
      node.forEach(element -> array.add(sorted(element)));
      return array;
    }
    return node;
  }
}
