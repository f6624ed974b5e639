package org.auscult.prove.golden;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.auscult.prove.CommandRun;
import org.auscult.prove.Conditions;
import org.auscult.prove.Folders;
import org.auscult.prove.Proof;
import org.auscult.prove.Sources;
import org.auscult.prove.Verdict;

/**
 * The command runs the golden suite: every case is equal, none with its mutant. Then files are
 * spoilt at random: numbers that are a little off must be told, one by one; what is no case must be
 * told with its file, and must stop no other.
 */
public final class GoldenProof implements Proof {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);
  private static final int LEAST_CASES = 300;
  private static final int SPOILT = 40;
  private static final int EQUAL = 0;
  private static final int DIFFERENT = 1;
  private static final int WRONG = 2;

  @Override
  public String name() {
    return "golden";
  }

  @Override
  public String about() {
    return "all golden cases are equal, none with its mutant; spoilt files are told, and stop no other";
  }

  @Override
  public Verdict run(Conditions conditions) throws Exception {
    Path suite = Sources.folder().resolve("golden");
    Path work = Files.createTempDirectory("auscult-golden");
    try {
      return new Run(suite, work, conditions).run();
    } finally {
      Folders.delete(work);
    }
  }

  /** One run in a folder of its own. */
  private static final class Run {
    private final Path suite;
    private final Path work;
    private final Conditions conditions;
    private final Random random;
    private final List<String> failures = new ArrayList<>();

    Run(Path suite, Path work, Conditions conditions) {
      this.suite = suite;
      this.work = work;
      this.conditions = conditions;
      this.random = new Random(conditions.seed());
    }

    Verdict run() throws Exception {
      whole();
      List<String> off = changeNumbers();
      offByALittle(off);
      broken();
      return new Verdict(failures);
    }

    private void whole() throws Exception {
      JsonNode result = command(EQUAL, suite, "--mutants");
      int cases = result.path("cases").asInt();
      long failing = count(result, "mutantFails", true);
      say(
          "the suite: %,d files, %,d cases (aim: at least %d), %,d equal (aim: all), %,d of their"
              + " mutants fail (aim: all)",
          result.path("files").asInt(), cases, LEAST_CASES, result.path("equal").asInt(), failing);
      breach(cases < LEAST_CASES, "there are only " + cases + " cases");
      breach(result.path("equal").asInt() != cases, "not every case is equal");
      breach(failing != cases, (cases - failing) + " cases hold with their mutant, or have none");
    }

    /** Copies the suite, with the expected numbers of some cases a millionth off. */
    private List<String> changeNumbers() throws IOException {
      Path folder = Files.createDirectory(work.resolve("off"));
      List<ObjectNode> files = new ArrayList<>();
      List<ObjectNode> candidates = new ArrayList<>();
      List<String> names = new ArrayList<>();
      for (Path path : files()) {
        ObjectNode file = (ObjectNode) JSON.readTree(path.toFile());
        files.add(file);
        for (JsonNode golden : file.get("cases")) {
          for (JsonNode expected : golden.get("expect")) {
            if (expected.path("value").asDouble() != 0) {
              candidates.add((ObjectNode) expected);
              names.add(path.getFileName() + ": " + golden.get("name").asText());
            }
          }
        }
      }
      Set<String> changed = new HashSet<>();
      for (int i = 0; i < SPOILT; i++) {
        int chosen = random.nextInt(candidates.size());
        if (changed.add(names.get(chosen))) {
          ObjectNode expected = candidates.get(chosen);
          expected.put("value", expected.get("value").asDouble() * (1 + 1e-6));
        }
      }
      List<Path> paths = files();
      for (int i = 0; i < paths.size(); i++) {
        JSON.writeValue(folder.resolve(paths.get(i).getFileName()).toFile(), files.get(i));
      }
      return changed.stream().sorted().toList();
    }

    private void offByALittle(List<String> off) throws Exception {
      JsonNode result = command(DIFFERENT, work.resolve("off"));
      List<String> told = new ArrayList<>();
      for (JsonNode one : result.path("results")) {
        if (!one.path("equal").asBoolean()) {
          told.add(one.path("file").asText() + ": " + one.path("case").asText());
        }
      }
      say(
          "%d expected numbers a millionth off: %d cases are told to differ (aim: the same)",
          off.size(), told.size());
      breach(!told.stream().sorted().toList().equals(off), "told: " + told + ", spoilt: " + off);
    }

    /** Beside one good file such as nobody should send. */
    private void broken() throws Exception {
      Path folder = Files.createDirectory(work.resolve("broken"));
      Path good = files().get(random.nextInt(files().size()));
      byte[] text = Files.readAllBytes(good);
      JsonNode whole = JSON.readTree(text);
      Files.write(folder.resolve("good.json"), text);
      Files.write(
          folder.resolve("cut.json"), Arrays.copyOf(text, 1 + random.nextInt(text.length - 3)));
      Files.writeString(folder.resolve("deep.json"), "[".repeat(100_000));
      Files.writeString(folder.resolve("twice.json"), "{\"cases\": [], \"cases\": []}");
      Files.write(folder.resolve("noise.json"), noise());
      int kept = oneCaseWrong(whole.deepCopy(), folder.resolve("one.json"));
      JsonNode result = command(WRONG, folder);
      Set<String> told = new HashSet<>();
      result.path("problems").forEach(problem -> told.add(problem.path("file").asText()));
      Set<String> aim = Set.of("cut.json", "deep.json", "twice.json", "noise.json", "one.json");
      int cases = whole.get("cases").size();
      say(
          "spoilt files told: %d of %d; cases run beside them: %,d (aim: %,d), equal %,d",
          told.size(),
          aim.size(),
          result.path("results").size(),
          cases + kept,
          result.path("equal").asInt());
      breach(!told.equals(aim), "told: " + told);
      breach(result.path("equal").asInt() != cases + kept, "a spoilt file stopped others' cases");
      String most = result.path("problems").toString();
      breach(!most.contains("cases[0].colour"), "the place of an unknown member is not told");
    }

    /** Its first case is wrong in two ways. */
    private static int oneCaseWrong(ObjectNode file, Path path) throws IOException {
      ArrayNode cases = file.withArray("cases");
      ((ObjectNode) cases.get(0)).put("colour", "blue").put("at", "noon");
      JSON.writeValue(path.toFile(), file);
      return cases.size() - 1;
    }

    private byte[] noise() {
      byte[] noise = new byte[10_000];
      random.nextBytes(noise);
      return noise;
    }

    private List<Path> files() throws IOException {
      try (Stream<Path> files = Files.list(suite)) {
        return files.filter(f -> f.toString().endsWith(".json")).sorted().toList();
      }
    }

    private static long count(JsonNode result, String member, boolean value) {
      long count = 0;
      for (JsonNode one : result.path("results")) {
        count += one.has(member) && one.path(member).asBoolean() == value ? 1 : 0;
      }
      return count;
    }

    private JsonNode command(int status, Path path, String... options) throws Exception {
      List<String> arguments = new ArrayList<>(List.of("golden", path.toString(), "--json"));
      arguments.addAll(List.of(options));
      long start = System.nanoTime();
      try (CommandRun run = CommandRun.start(arguments, line -> {})) {
        int ended = run.end();
        breach(
            ended != status,
            String.join(" ", arguments) + " ended with " + ended + ", not " + status);
        say(
            "golden %s %s: exit code %d (aim: %d) after %.1f s",
            path.getFileName(),
            String.join(" ", options),
            ended,
            status,
            (System.nanoTime() - start) / 1e9);
        String printed = String.join("\n", run.lines());
        return JSON.readTree(
            printed.substring(Math.max(0, printed.indexOf('{'))).getBytes(StandardCharsets.UTF_8));
      }
    }

    private void say(String format, Object... values) {
      conditions.out().printf("  " + format + "%n", values);
    }

    private void breach(boolean is, String what) {
      if (is) {
        failures.add(what);
      }
    }
  }
}
