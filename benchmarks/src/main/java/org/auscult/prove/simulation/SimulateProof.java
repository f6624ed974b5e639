package org.auscult.prove.simulation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.auscult.prove.CommandRun;
import org.auscult.prove.Conditions;
import org.auscult.prove.Conditions.Length;
import org.auscult.prove.Proof;
import org.auscult.prove.Verdict;

/**
 * The command lives a year: each change that is planted is found, by what shows that kind of
 * change, and the concept change suspends the deployment. Without it, it is not found, and with
 * nothing planted nothing is suspended. In whole form the same bytes come twice, each change is
 * left out alone, and other seeds hold.
 */
public final class SimulateProof implements Proof {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final List<String> CHANGES = List.of("unit", "population", "concept");
  private static final String UNIT = "mcmol/L";
  private static final int SEEDS = 5;
  private static final long MOST_SECONDS = 60;

  @Override
  public String name() {
    return "simulate";
  }

  @Override
  public String about() {
    return "what is planted into a simulated year is found, with its cause, and what is not is not";
  }

  @Override
  public Verdict run(Conditions conditions) throws Exception {
    Run run = new Run(conditions);
    long seed = conditions.seed();
    run.planted(seed);
    run.nothing(seed);
    if (conditions.length() == Length.WHOLE) {
      run.sameBytes(seed);
      for (String change : CHANGES) {
        run.without(seed, change);
      }
      for (int i = 1; i < SEEDS; i++) {
        run.planted(seed + i);
        run.nothing(seed + i);
      }
      run.daily(seed);
    }
    return new Verdict(run.failures);
  }

  /** Years, and what was wrong with them. */
  private static final class Run {
    private final Conditions conditions;
    private final List<String> failures = new ArrayList<>();

    Run(Conditions conditions) {
      this.conditions = conditions;
    }

    /** All three are found, and the concept change suspends. */
    void planted(long seed) throws Exception {
      JsonNode year = JSON.readTree(year(seed, "--every", "7"));
      found(seed, year, List.of());
    }

    void without(long seed, String change) throws Exception {
      found(seed, JSON.readTree(year(seed, "--every", "7", "--without", change)), List.of(change));
    }

    private void found(long seed, JsonNode year, List<String> without) {
      List<String> said = new ArrayList<>();
      for (JsonNode change : year.path("changes")) {
        String name = change.path("change").asText();
        boolean isFound = change.path("found").asBoolean();
        boolean isPlanted = !without.contains(name);
        said.add(
            name + (isFound ? " after " + change.path("days").asText() + " days" : " not found"));
        breach(isPlanted != change.path("planted").asBoolean(), seed, name + " is misreported");
        breach(isPlanted && !isFound, seed, name + " is not found");
        breach(!isPlanted && isFound, seed, name + " is found without being planted: " + change);
        if (isFound && isPlanted) {
          right(seed, name, change);
        }
      }
      boolean isSuspended = year.has("suspension");
      boolean isConcept = !without.contains("concept");
      breach(isConcept != isSuspended, seed, isSuspended ? "suspended by chance" : "not suspended");
      if (isConcept && isSuspended) {
        String at = year.path("suspension").path("at").asText();
        breach(at.compareTo("2025-10-01") < 0, seed, "suspended on " + at + ", before the change");
        breach(
            year.path("suspension").path("withheld").path("cards").asInt() == 0,
            seed,
            "suspension withheld nothing");
      }
      say(
          "seed %d%s: %s; false alarms: %d",
          seed,
          without.isEmpty() ? "" : " without " + String.join(", ", without),
          String.join(", ", said),
          year.path("falseAlarms").asInt());
    }

    /** By what shows this kind of change. */
    private void right(long seed, String name, JsonNode change) {
      String kind = change.path("kind").asText();
      switch (name) {
        case "unit" -> {
          boolean isNamed = false;
          for (JsonNode cause : change.path("causes")) {
            isNamed |=
                cause.path("kind").asText().equals("unit")
                    && cause.path("value").asText().equals(UNIT);
          }
          breach(!isNamed, seed, "the unit is not named: " + change);
          breach(
              !change.path("feature").asText().equals("creatinine"),
              seed,
              "it is found in " + change.path("feature"));
        }
        case "population" -> {
          breach(!kind.equals("drift"), seed, "population is found by " + kind);
          breach(!change.path("causes").isEmpty(), seed, "a cause is invented: " + change);
        }
        default -> {
          breach(!kind.equals("performance"), seed, "concept is found by " + kind);
          breach(!change.path("figure").asText().equals("auroc"), seed, "found by " + change);
        }
      }
    }

    /** Nothing is found, and nothing is suspended. */
    void nothing(long seed) throws Exception {
      found(
          seed,
          JSON.readTree(year(seed, "--every", "7", "--without", String.join(",", CHANGES))),
          CHANGES);
    }

    void sameBytes(long seed) throws Exception {
      boolean isSame = year(seed, "--every", "7").equals(year(seed, "--every", "7"));
      say("the same bytes from one seed: %s (aim: yes)", isSame ? "yes" : "no");
      breach(!isSame, seed, "it gives other bytes");
    }

    /** As it is by default, within a minute. */
    void daily(long seed) throws Exception {
      long start = System.nanoTime();
      found(seed, JSON.readTree(year(seed)), List.of());
      double seconds = (System.nanoTime() - start) / 1e9;
      say("a year with a look each day took %.1f s (aim: %d s)", seconds, MOST_SECONDS);
      breach(seconds > MOST_SECONDS, seed, "a year took " + seconds + " s");
    }

    /** What it prints on its standard output as JSON, without its progress. */
    private String year(long seed, String... options) throws IOException, InterruptedException {
      List<String> arguments =
          new ArrayList<>(List.of("simulate", "--json", "--seed", Long.toString(seed)));
      arguments.addAll(List.of(options));
      try (CommandRun run = CommandRun.start(arguments, line -> {})) {
        int status = run.end();
        breach(status != 0, seed, String.join(" ", arguments) + " ended with " + status);
        List<String> json =
            run.lines().stream().filter(line -> !line.matches("  \\w+ \\d{4} \\.\\.\\.")).toList();
        return String.join("\n", json);
      }
    }

    private void say(String format, Object... values) {
      conditions.out().printf("  " + format + "%n", values);
    }

    private void breach(boolean is, long seed, String what) {
      if (is) {
        failures.add("seed " + seed + ": " + what);
      }
    }
  }
}
