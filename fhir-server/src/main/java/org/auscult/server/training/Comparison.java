package org.auscult.server.training;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import org.hl7.fhir.r4.model.BooleanType;
import org.hl7.fhir.r4.model.DecimalType;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Parameters.ParametersParameterComponent;
import org.hl7.fhir.r4.model.StringType;

/**
 * How two data sets differ: in their bytes, in what they were made by, in whom and what they hold.
 */
final class Comparison {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final TrainingJob left;
  private final TrainingJob right;
  private final TrainingSets sets;

  Comparison(TrainingJob left, TrainingJob right, TrainingSets sets) {
    this.left = left;
    this.right = right;
    this.sets = sets;
  }

  Parameters render() throws IOException {
    JsonNode one = JSON.readTree(Objects.requireNonNull(left.manifest()));
    JsonNode other = JSON.readTree(Objects.requireNonNull(right.manifest()));
    Parameters answer = new Parameters();
    answer.addParameter("left", new StringType(SnapshotResources.identifier(left)));
    answer.addParameter("right", new StringType(SnapshotResources.identifier(right)));
    answer.addParameter(
        "sameBytes",
        new BooleanType(
            one.path("contentSha256").asText().equals(other.path("contentSha256").asText())));
    answer.addParameter("inBoth", new DecimalType(sets.inBoth(left.id(), right.id())));
    answer.addParameter("movedToAnotherPart", new DecimalType(sets.moved(left.id(), right.id())));
    Map<String, String> before = flat(one);
    Map<String, String> after = flat(other);
    TreeSet<String> paths = new TreeSet<>(before.keySet());
    paths.addAll(after.keySet());
    for (String path : paths) {
      String was = before.getOrDefault(path, "");
      String is = after.getOrDefault(path, "");
      if (!was.equals(is)) {
        ParametersParameterComponent difference = answer.addParameter().setName("difference");
        difference.addPart().setName("what").setValue(new StringType(path));
        if (!was.isEmpty()) {
          difference.addPart().setName("left").setValue(new StringType(was));
        }
        if (!is.isEmpty()) {
          difference.addPart().setName("right").setValue(new StringType(is));
        }
      }
    }
    return answer;
  }

  /** What may differ, by its path; what follows from it, such as files, is not told one by one. */
  private static Map<String, String> flat(JsonNode manifest) {
    Map<String, String> flat = new TreeMap<>();
    for (String part :
        new String[] {"engine", "request", "knownAt", "split", "label", "counts", "missing"}) {
      flat(part, manifest.path(part), flat);
    }
    for (JsonNode definition : manifest.path("definitions")) {
      String name = "definitions/" + definition.path("canonical").asText();
      flat(name, definition, flat);
    }
    for (JsonNode column : manifest.path("columns")) {
      flat.put("columns/" + column.path("name").asText(), column.path("type").asText());
    }
    JsonNode exclusions = manifest.path("exclusions");
    for (String kind : new String[] {"patients", "indexTimes"}) {
      for (JsonNode one : exclusions.path(kind)) {
        flat.put(
            "exclusions/" + kind + "/" + one.path("reason").asText(), one.path("count").asText());
      }
    }
    return flat;
  }

  private static void flat(String path, JsonNode node, Map<String, String> to) {
    if (node.isObject()) {
      node.properties().forEach(one -> flat(path + "/" + one.getKey(), one.getValue(), to));
    } else if (node.isArray() && !node.isEmpty()) {
      to.put(path, node.toString());
    } else if (!node.isNull() && !node.isMissingNode()) {
      to.put(path, node.asText());
    }
  }
}
