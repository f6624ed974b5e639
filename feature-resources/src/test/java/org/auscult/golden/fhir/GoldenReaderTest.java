package org.auscult.golden.fhir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.function.Consumer;
import org.auscult.unit.CodeUnits;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What anybody may send: each mistake is told with its place, and stops no other case. */
class GoldenReaderTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private final GoldenReader reader = new GoldenReader(CodeUnits.standard(), ZoneOffset.UTC);
  private final GoldenRunner runner = new GoldenRunner(CodeUnits.standard());
  @TempDir Path folder = Path.of("");

  /** The example of the documentation. */
  private static ObjectNode example() {
    try {
      String page = Files.readString(Path.of("../docs/golden.md"));
      int from = page.indexOf("```json") + "```json".length();
      return (ObjectNode) JSON.readTree(page.substring(from, page.indexOf("```", from)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private GoldenFile read(String text) {
    return reader.read("f.json", text.getBytes(StandardCharsets.UTF_8));
  }

  /** The example, and beside its case one that is spoilt. */
  private GoldenFile spoilt(Consumer<ObjectNode> how) {
    ObjectNode file = example();
    ObjectNode twin = file.get("cases").get(0).deepCopy();
    twin.put("name", "spoilt");
    how.accept(twin);
    file.withArray("cases").add(twin);
    return read(file.toString());
  }

  private static List<String> places(GoldenFile file) {
    return file.problems().stream().map(GoldenProblem::place).toList();
  }

  private static ObjectNode resource(ObjectNode golden, int i) {
    return (ObjectNode) golden.get("resources").get(i);
  }

  @Test
  void theExampleOfTheDocumentationHolds() {
    GoldenFile file = read(example().toString());
    assertThat(file.problems()).isEmpty();
    GoldenCase golden = file.cases().get(0);
    assertThat(runner.run(golden).isEqual()).isTrue();
    assertThat(golden.mutant()).isNotNull();
    assertThat(runner.run(Objects.requireNonNull(golden.mutant()).changed()).isEqual()).isFalse();
  }

  @Test
  void tellsAllMistakesOfACaseAndRunsTheOther() {
    GoldenFile file =
        spoilt(
            golden -> {
              golden.put("at", "yesterday");
              golden.put("zone", "Europe/Wien");
              golden.put("colour", "blue");
              golden.withArray("complete").add("Observatio");
              resource(golden, 0).remove("id");
              ((ObjectNode) resource(golden, 1).get("meta")).put("versionId", "one");
              golden.withObject("expect").put("diastolic", 80);
              golden.withObject("expect").put("systolic", "nothing");
            });

    assertThat(places(file))
        .contains(
            "cases[1].at",
            "cases[1].zone",
            "cases[1].colour",
            "cases[1].complete[0]",
            "cases[1].resources[0]",
            "cases[1].resources[1]",
            "cases[1].expect.diastolic",
            "cases[1].expect.systolic");
    assertThat(file.problems()).allMatch(p -> String.valueOf(p.caseName()).startsWith("spoilt"));
    assertThat(file.cases()).hasSize(1);
    assertThat(runner.run(file.cases().get(0)).isEqual()).isTrue();
    assertThat(file.told()).isEqualTo(2);
  }

  @Test
  void refusesElementsThatFhirDoesNotKnow() {
    GoldenFile file =
        spoilt(
            golden -> {
              golden.remove("mutant");
              resource(golden, 0).put("colour", "blue");
              resource(golden, 1).put("effectiveDateTime", "at noon");
            });
    assertThat(places(file)).containsExactly("cases[1].resources[0]", "cases[1].resources[1]");
    assertThat(file.problems().get(0).what()).contains("colour");
    assertThat(file.problems().get(1).what()).contains("at noon");
  }

  @Test
  void refusesNumbersThatWouldFillTheMemory() {
    String text =
        example().toString().replace("\"value\":118", "\"value\":1e999999999").replace(" ", "");
    GoldenFile file = read(text);
    assertThat(places(file)).contains("cases[0].resources[1]");
    assertThat(file.cases()).isEmpty();
  }

  @Test
  void refusesVersionsOutOfOrderAndTwice() {
    GoldenFile file =
        spoilt(
            golden -> {
              golden.remove("mutant");
              ObjectNode third = resource(golden, 1).deepCopy();
              ((ObjectNode) third.get("meta"))
                  .put("versionId", "3")
                  .put("lastUpdated", "2024-06-15T09:00:00Z");
              golden.withArray("resources").add(third).add(resource(golden, 0).deepCopy());
            });
    assertThat(places(file)).containsExactly("cases[1].resources[2]", "cases[1].resources[3]");
  }

  @Test
  void refusesWhatOnlyTheServerFollows() {
    GoldenFile file =
        spoilt(
            golden -> {
              golden.remove("mutant");
              golden
                  .withArray("resources")
                  .add(
                      tree(
                          "{'resourceType':'Patient','id':'p','meta':{'versionId':'1','lastUpdated':"
                              + "'2024-01-01T00:00:00Z'},'link':[{'other':{'reference':'Patient/q'},"
                              + "'type':'replaced-by'}]}"))
                  .add(
                      tree(
                          "{'resourceType':'Provenance','id':'x','meta':{'versionId':'1',"
                              + "'lastUpdated':'2024-01-01T00:00:00Z'},'target':[{'reference':"
                              + "'Observation/a'}]}"));
            });
    assertThat(places(file)).containsExactly("cases[1].resources[2]", "cases[1].resources[3]");
  }

  private static JsonNode tree(String text) {
    try {
      return JSON.readTree(text.replace('\'', '"'));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void aWrongDefinitionStopsOnlyTheCasesThatUseIt() {
    ObjectNode file = example();
    ObjectNode wrong = file.get("definitions").get(0).deepCopy();
    wrong.put("name", "wrong").put("url", "https://example.org/fhir/Library/wrong");
    ((ObjectNode) wrong.get("extension").get(1)).put("valueCode", "kg");
    ((ObjectNode) wrong.get("extension").get(0)).put("valueCode", "lately");
    file.withArray("definitions").add(wrong);
    ObjectNode user = file.get("cases").get(0).deepCopy();
    user.put("name", "uses it").remove("mutant");
    user.withObject("expect").put("wrong", 1);
    file.withArray("cases").add(user);

    GoldenFile read = read(file.toString());
    assertThat(places(read)).contains("definitions[1]", "cases[1].expect.wrong");
    assertThat(read.cases()).extracting(GoldenCase::name).hasSize(1).doesNotContain("uses it");
  }

  @Test
  void refusesCirclesAndInputsThatAreNotThere() {
    ObjectNode file = example();
    ArrayNode definitions = file.withArray("definitions");
    definitions.add(derived("one", "two"));
    definitions.add(derived("two", "one"));
    definitions.add(derived("three", "four"));
    GoldenFile read = read(file.toString());
    assertThat(places(read)).contains("definitions[1]", "definitions[2]", "definitions[3]");
    assertThat(read.problems().toString())
        .contains("made of itself")
        .contains("Library/four|1.0.0");
    assertThat(read.cases()).hasSize(1);
  }

  private static JsonNode derived(String name, String input) {
    return tree(
        "{'resourceType':'Library','meta':{'profile':['https://auscult.org/fhir/StructureDefinition/"
            + "feature-definition']},'extension':[{'url':'https://auscult.org/fhir/"
            + "StructureDefinition/feature-operator','valueCode':'derived'},{'url':"
            + "'https://auscult.org/fhir/StructureDefinition/feature-unit','valueCode':'1'},{'url':"
            + "'https://auscult.org/fhir/StructureDefinition/feature-expression','valueString':'"
            + input
            + " + 1'}],'url':'https://example.org/fhir/Library/"
            + name
            + "','version':'1.0.0','name':'"
            + name
            + "','status':'active','type':{'coding':[{'code':'logic-library'}]},'relatedArtifact':"
            + "[{'type':'depends-on','resource':'https://example.org/fhir/Library/"
            + input
            + "|1.0.0'}]}");
  }

  @Test
  void refusesWhatIsNoJsonWithItsLine() {
    assertThat(places(read("{\n \"cases\": [}\n"))).first().asString().startsWith("line 2");
    assertThat(places(read("{\"cases\": [],\n\"cases\": []}")))
        .first()
        .asString()
        .contains("line 2");
    assertThat(read("[]").problems()).hasSize(1);
    assertThat(read("").problems()).hasSize(1);
    assertThat(read("{}").problems()).hasSize(1);
    assertThat(read("{\"cases\": []} x").problems()).hasSize(1);
    assertThat(read("[".repeat(5000)).problems()).hasSize(1);
  }

  @Test
  void readsAFolderAndSaysWhatIsNoFile() throws IOException {
    Files.writeString(folder.resolve("b.json"), example().toString());
    Files.createDirectory(folder.resolve("more"));
    Files.writeString(folder.resolve("more/a.json"), "no json");
    Files.writeString(folder.resolve("notes.txt"), "no case");
    List<GoldenFile> files = reader.read(folder);
    assertThat(files).extracting(GoldenFile::name).containsExactly("b.json", "more/a.json");
    assertThat(files.get(0).problems()).isEmpty();
    assertThat(files.get(1).problems()).hasSize(1);
    assertThatThrownBy(() -> reader.read(folder.resolve("absent"))).isInstanceOf(IOException.class);
  }

  @Test
  void comparesEverythingThatIsSaidAndNothingElse() {
    for (String wrong :
        List.of(
            "{\"value\":129}",
            "{\"value\":128,\"unit\":\"kPa\"}",
            "{\"value\":128,\"evidence\":[]}",
            "{\"value\":128,\"origin\":\"carried\"}",
            "{\"value\":128,\"effective\":null}",
            "{\"value\":128,\"text\":\"high\"}",
            "\"not-recorded\"",
            "128.0001")) {
      assertThat(runner.run(expecting(wrong)).isEqual()).as(wrong).isFalse();
    }
    for (String right :
        List.of(
            "128",
            "128.00000001",
            "{\"value\":127,\"tolerance\":0.01}",
            "{\"value\":128,\"text\":null,\"effective\":\"2024-06-15T09:45:00+02:00\"}")) {
      assertThat(runner.run(expecting(right)).isEqual()).as(right).isTrue();
    }
  }

  private GoldenCase expecting(String expected) {
    ObjectNode file = example();
    ((ObjectNode) file.get("cases").get(0).get("expect")).set("systolic", tree(expected));
    GoldenFile read = read(file.toString());
    assertThat(read.problems()).as(expected).isEmpty();
    return read.cases().get(0);
  }

  /** Of seeds, so that a failure can be repeated. */
  @Test
  void nothingThatIsSentBreaksItOff() {
    for (int seed = 0; seed < 3000; seed++) {
      Random random = new Random(seed);
      ObjectNode file = example();
      ObjectNode twin = file.get("cases").get(0).deepCopy();
      twin.put("name", "spoilt");
      file.withArray("cases").add(twin);
      boolean inDefinition = random.nextInt(3) == 0;
      spoil(inDefinition ? file.get("definitions").get(0) : twin, random);
      GoldenFile read = read(file.toString());
      for (GoldenCase golden : read.cases()) {
        CaseResult result = runner.run(golden);
        if (!inDefinition && !golden.name().equals("spoilt")) {
          assertThat(result.isEqual()).as("seed " + seed).isTrue();
        }
      }
      assertThat(read.cases().size() == 2 || !read.problems().isEmpty())
          .as("seed " + seed)
          .isTrue();
    }
  }

  /** Puts something else in the place of one value, somewhere below. */
  private static void spoil(JsonNode where, Random random) {
    List<JsonNode> holders = new ArrayList<>();
    collect(where, holders);
    JsonNode holder = holders.get(random.nextInt(holders.size()));
    JsonNode[] others = {
      JSON.nullNode(),
      JSON.getNodeFactory().numberNode(-7),
      JSON.getNodeFactory().numberNode(new BigDecimal("1e300")),
      JSON.getNodeFactory().textNode("2024-13-45T99:00"),
      JSON.getNodeFactory().textNode(""),
      JSON.getNodeFactory().textNode("+999999999-12-31T23:59:59Z"),
      JSON.createArrayNode(),
      JSON.createObjectNode(),
      JSON.createArrayNode().add(JSON.createArrayNode()),
      JSON.getNodeFactory().booleanNode(true)
    };
    JsonNode other = others[random.nextInt(others.length)];
    if (holder instanceof ObjectNode object) {
      List<String> names = new ArrayList<>();
      object.fieldNames().forEachRemaining(names::add);
      String name = names.get(random.nextInt(names.size()));
      if (random.nextInt(4) == 0) {
        object.remove(name);
      } else {
        object.set(name, other);
      }
    } else {
      ((ArrayNode) holder).set(random.nextInt(holder.size()), other);
    }
  }

  private static void collect(JsonNode node, List<JsonNode> holders) {
    if (node.isContainerNode() && !node.isEmpty()) {
      holders.add(node);
      node.forEach(part -> collect(part, holders));
    }
  }
}
