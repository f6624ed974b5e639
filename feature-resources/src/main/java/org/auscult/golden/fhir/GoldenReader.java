package org.auscult.golden.fhir;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.auscult.feature.fhir.FeatureDefinitions;
import org.auscult.unit.CodeUnits;
import org.jspecify.annotations.Nullable;

/**
 * Reads golden files of anybody's. A mistake is told with its place; it stops the cases that it
 * concerns, and no others.
 */
public final class GoldenReader {
  /** Of one file, in bytes. */
  static final int LARGEST = 32 * 1024 * 1024;

  static final int MOST_FILES = 1000;
  private static final int MOST_CASES = 10_000;
  private static final int MOST_DEFINITIONS = 2000;
  private static final int DEEPEST = 100;
  private static final Set<String> MEMBERS =
      Set.of(
          "about",
          "definitions",
          "valueSets",
          "conceptMaps",
          "contextRules",
          "medications",
          "cases");

  private static final ObjectMapper JSON =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder().maxNestingDepth(DEEPEST).build())
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .build())
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .nodeFactory(JsonNodeFactory.withExactBigDecimals(true))
          .build();

  private final CodeUnits units;
  private final ZoneId zone;
  private final FhirNodes fhir = new FhirNodes();

  /**
   * @param zone of cases that name none
   */
  public GoldenReader(CodeUnits units, ZoneId zone) {
    this.units = units;
    this.zone = zone;
  }

  /**
   * A file, or all files of a folder and of those in it that end with {@code .json}, in the order
   * of their names.
   *
   * <p>Errors: IOException if it is not there, or a folder without such files.
   */
  public List<GoldenFile> read(Path path) throws IOException {
    if (!Files.isDirectory(path)) {
      return List.of(file(path, String.valueOf(path.getFileName())));
    }
    List<Path> paths;
    try (Stream<Path> found = Files.walk(path, 8)) {
      paths =
          found
              .filter(p -> p.toString().endsWith(".json") && Files.isRegularFile(p))
              .sorted()
              .limit(MOST_FILES + 1L)
              .toList();
    } catch (UncheckedIOException e) {
      throw new IOException(path + " holds a folder that cannot be read", e);
    }
    if (paths.isEmpty() || paths.size() > MOST_FILES) {
      throw new IOException(
          path
              + (paths.isEmpty()
                  ? " holds no file whose name ends with .json"
                  : " holds more than " + MOST_FILES + " files"));
    }
    List<GoldenFile> files = new ArrayList<>();
    for (Path one : paths) {
      files.add(oneOfSeveral(one, path.relativize(one).toString()));
    }
    return files;
  }

  private GoldenFile file(Path path, String name) throws IOException {
    try (InputStream in = Files.newInputStream(path)) {
      return read(name, in.readNBytes(LARGEST + 1));
    }
  }

  /** Of several, one that cannot be opened stops no other. */
  private GoldenFile oneOfSeveral(Path path, String name) {
    try {
      return file(path, name);
    } catch (IOException e) {
      Complaints complaints = new Complaints(name);
      complaints.add("", "it cannot be opened: " + e, "Let it be readable.");
      return new GoldenFile(name, List.of(), 0, complaints.all());
    }
  }

  /** One file's text. */
  public GoldenFile read(String name, byte[] text) {
    Complaints complaints = new Complaints(name);
    List<GoldenCase> cases = new ArrayList<>();
    int told = 0;
    JsonNode json = json(text, complaints);
    Node root = json == null ? null : new Node(json, "", complaints);
    if (root != null && root.isObjectOf(MEMBERS)) {
      root.text("about");
      CaseReader reader = reader(name, root);
      root.required("cases", "Give an array of cases.");
      List<Node> nodes = root.elements("cases", MOST_CASES);
      told = nodes.size();
      Set<String> names = new HashSet<>();
      for (Node node : nodes) {
        String caseName = node.json().path("name").asText();
        GoldenCase read = reader.read(node);
        if (!names.add(caseName)) {
          node.complain("there are two cases of the name '" + caseName + "'", "Rename one.");
        } else if (read != null) {
          cases.add(read);
        }
      }
    }
    return new GoldenFile(name, cases, told, complaints.all());
  }

  private CaseReader reader(String name, Node root) {
    ValueSetCodes valueSets =
        ValueSetCodes.read(root.elements("valueSets", MOST_DEFINITIONS), fhir);
    return new CaseReader(
        name,
        zone,
        Definitions.read(
            root.elements("definitions", MOST_DEFINITIONS),
            new Definitions.Sources(
                valueSets,
                new FeatureDefinitions(units),
                fhir,
                Mappings.read(root.elements("conceptMaps", MOST_DEFINITIONS), fhir),
                Rules.read(root.elements("contextRules", MOST_DEFINITIONS), valueSets, fhir))),
        MedicationCodes.read(root.elements("medications", MOST_DEFINITIONS), fhir),
        fhir,
        units);
  }

  private static @Nullable JsonNode json(byte[] text, Complaints complaints) {
    if (text.length > LARGEST) {
      complaints.add("", "it is larger than " + LARGEST / 1024 / 1024 + " MiB", "Split it.");
      return null;
    }
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException e) {
      JsonLocation where = e.getLocation();
      String place =
          where == null ? "" : "line " + where.getLineNr() + ", column " + where.getColumnNr();
      complaints.add(place, "it is not JSON: " + e.getOriginalMessage(), "Correct it there.");
      return null;
    } catch (IOException e) {
      complaints.add("", "it cannot be read: " + e.getMessage(), "Correct it.");
      return null;
    }
  }
}
