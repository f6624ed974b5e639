package org.auscult.server.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What a data set is asked for: a file with Parameters, options, or options over a file. */
final class TrainingSetOptions {
  @Option(
      names = "--request",
      paramLabel = "FILE",
      description = "Parameters of $training-set, in JSON; options take the place of what it says.")
  private @Nullable Path request;

  @Option(names = "--name", paramLabel = "NAME", description = "Name of the data set.")
  private @Nullable String name;

  @Option(
      names = "--cohort",
      paramLabel = "WHO",
      description = "Patient (everybody), a search such as Patient?gender=female, or Group/ID.")
  private @Nullable String cohort;

  @Option(
      names = "--target",
      paramLabel = "WHO",
      description = "Whom the cohort is compared with, in the same words, or none.")
  private @Nullable String target;

  @Option(
      names = "--index",
      paramLabel = "RULE",
      description = "When there are rows: admission, visit, discharge, stay, grid or list.")
  private @Nullable String index;

  @Option(names = "--class", paramLabel = "CODE", split = ",", description = "Of the encounters.")
  private List<String> classes = List.of();

  @Option(
      names = "--offset",
      paramLabel = "DURATION",
      description = "After a stay's begin or end, such as PT24H.")
  private @Nullable String offset;

  @Option(names = "--step", paramLabel = "DURATION", description = "Of stay and grid.")
  private @Nullable String step;

  @Option(names = "--start", paramLabel = "TIME", description = "Of a grid.")
  private @Nullable String start;

  @Option(names = "--end", paramLabel = "TIME", description = "Of a grid.")
  private @Nullable String end;

  @Option(
      names = "--time",
      paramLabel = "TIME",
      split = ",",
      description = "Of a list; of one patient as Patient/1@2024-05-03.")
  private List<String> times = List.of();

  @Option(
      names = "--feature-set",
      paramLabel = "URL|VERSION",
      description = "The features of the rows.")
  private @Nullable String featureSet;

  @Option(
      names = "--outcome",
      paramLabel = "URL|VERSION",
      description = "The outcome definition that labels the rows.")
  private @Nullable String outcome;

  @Option(names = "--split", paramLabel = "RULE", description = "By patient, slot or time.")
  private @Nullable String split;

  @Option(
      names = "--shares",
      paramLabel = "N",
      arity = "3",
      description = "Of train, validation and test, such as 0.7 0.15 0.15.")
  private List<String> shares = List.of();

  @Option(names = "--seed", paramLabel = "N", description = "Of the split.")
  private @Nullable String seed;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      split = ",",
      description = "parquet, csv, ndjson, meds; several separated by commas.")
  private List<String> formats = List.of();

  @Option(names = "--missing", paramLabel = "HOW", description = "reasons, or none.")
  private @Nullable String missing;

  @Option(
      names = "--knowledge",
      paramLabel = "WHEN",
      description = "index, or cut for records that were loaded later than they happened.")
  private @Nullable String knowledge;

  @Option(
      names = "--known-at",
      paramLabel = "TIME",
      description = "What was known later is not in it.")
  private @Nullable String knownAt;

  /** The file given cannot be used. */
  static final class UnusableException extends Exception {
    private static final long serialVersionUID = 1;

    UnusableException(String message) {
      super(message);
    }
  }

  /** Whether anything was asked for. */
  boolean isEmpty() {
    return request == null && given().isEmpty();
  }

  /** The Parameters to post. */
  ObjectNode parameters() throws UnusableException {
    ObjectNode parameters =
        request == null
            ? FhirHttp.JSON.createObjectNode().put("resourceType", "Parameters")
            : read(request);
    ArrayNode kept = FhirHttp.JSON.createArrayNode();
    Map<String, List<String>> given = given();
    for (JsonNode parameter : parameters.path("parameter")) {
      if (!given.containsKey(parameter.path("name").asText())) {
        kept.add(parameter);
      }
    }
    given.forEach(
        (of, values) ->
            values.forEach(value -> kept.addObject().put("name", of).put("valueString", value)));
    parameters.set("parameter", kept);
    return parameters;
  }

  private static ObjectNode read(Path file) throws UnusableException {
    try {
      JsonNode json = FhirHttp.JSON.readTree(file.toFile());
      if (json instanceof ObjectNode object
          && json.path("resourceType").asText().equals("Parameters")) {
        return object;
      }
      throw new UnusableException("--request: " + file + " holds no Parameters");
    } catch (JsonProcessingException e) {
      throw new UnusableException("--request: " + file + " is no JSON: " + e.getOriginalMessage());
    } catch (IOException e) {
      throw new UnusableException(
          "--request: " + file + " cannot be read: " + e.getClass().getSimpleName());
    }
  }

  private Map<String, List<String>> given() {
    Map<String, List<String>> given = new LinkedHashMap<>();
    one(given, "name", name);
    one(given, "cohort", cohort);
    one(given, "target", target);
    one(given, "index", index);
    some(given, "class", classes);
    one(given, "offset", offset);
    one(given, "step", step);
    one(given, "start", start);
    one(given, "end", end);
    some(given, "time", times);
    one(given, "featureSet", featureSet);
    one(given, "outcome", outcome);
    one(given, "split", split);
    List<String> parts = List.of("train", "validation", "test");
    for (int i = 0; i < shares.size(); i++) {
      one(given, parts.get(i), shares.get(i));
    }
    one(given, "seed", seed);
    some(given, "format", formats);
    one(given, "missing", missing);
    one(given, "knowledge", knowledge);
    one(given, "knownAt", knownAt);
    return given;
  }

  private static void one(Map<String, List<String>> to, String name, @Nullable String value) {
    if (value != null) {
      to.put(name, List.of(value));
    }
  }

  private static void some(Map<String, List<String>> to, String name, List<String> values) {
    if (!values.isEmpty()) {
      to.put(name, new ArrayList<>(values));
    }
  }
}
