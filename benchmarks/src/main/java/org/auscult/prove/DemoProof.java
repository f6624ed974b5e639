package org.auscult.prove;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.auscult.prove.Conditions.Length;

/**
 * The demo as a newcomer meets it: the tour shows a card, its prediction stands in the record, and
 * each curl line that it prints works when pasted. In whole form also how long the first card
 * takes, from the built jar and from a fresh clone.
 */
final class DemoProof implements Proof {
  private static final double JAR_AIM_SECONDS = 30;
  private static final double CLONE_AIM_SECONDS = 180;
  private static final String END = "The server stays up";
  private static final Pattern CARD =
      Pattern.compile("\\(first card ([\\d.,]+) s after the start of this process\\)");
  private static final Pattern RESULT = Pattern.compile(".*/fhir/(\\w+)/\\S+ {2}\\((\\d+)\\)");

  @Override
  public String name() {
    return "demo";
  }

  @Override
  public String about() {
    return "the demo shows a card, stores it, lives a year, and its curl lines work when pasted";
  }

  @Override
  public Verdict run(Conditions conditions) throws Exception {
    List<String> failures = new ArrayList<>();
    Path work = Files.createTempDirectory("auscult-demo-proof");
    try {
      fromJar(work, conditions, failures);
      if (conditions.length() == Length.WHOLE) {
        again(work, conditions, failures);
        fromClone(work, conditions, failures);
      }
    } finally {
      Folders.delete(work);
    }
    return new Verdict(failures);
  }

  private static CommandRun demo(Path work, String... more) throws IOException {
    List<String> command = new ArrayList<>(List.of("demo", "--port", "0", "--data"));
    command.add(work.resolve("data").toString());
    command.addAll(List.of(more));
    return CommandRun.start(command, line -> {});
  }

  /** Waits for the end of the tour; false if the demo ended before. */
  private static boolean isToured(CommandRun demo, Conditions conditions, List<String> failures)
      throws IOException, InterruptedException {
    while (demo.lines().stream().noneMatch(l -> l.startsWith(END))) {
      if (demo.endedWithin(200)) {
        demo.lastLines(5).forEach(l -> conditions.out().println("  " + l));
        failures.add("the demo ended by itself with " + demo.end());
        return false;
      }
    }
    return true;
  }

  /** Started a second time on the same folder, it shows the same, and its lines work. */
  private static void again(Path work, Conditions conditions, List<String> failures)
      throws IOException, InterruptedException {
    try (CommandRun demo = demo(work, "--no-year")) {
      if (isToured(demo, conditions, failures)) {
        conditions.out().println("  started again on the same folder:");
        stored(demo.lines(), failures);
        shown(demo.lines(), failures);
        pasted(demo.lines(), conditions, failures);
      }
    }
  }

  private static void fromJar(Path work, Conditions conditions, List<String> failures)
      throws IOException, InterruptedException {
    try (CommandRun demo = demo(work)) {
      if (!isToured(demo, conditions, failures)) {
        return;
      }
      List<String> lines = demo.lines();
      double seconds = firstCard(lines);
      conditions
          .out()
          .printf(
              Locale.ROOT,
              "  first card %.1f s after the start of the process (aim %.0f s)%n",
              seconds,
              JAR_AIM_SECONDS);
      if (Double.isNaN(seconds)
          || (conditions.length() == Length.WHOLE && seconds > JAR_AIM_SECONDS)) {
        failures.add("first card from the built jar after " + seconds + " s");
      }
      stored(lines, failures);
      shown(lines, failures);
      lived(lines, failures);
      pasted(lines, conditions, failures);
    }
  }

  private static double firstCard(List<String> lines) {
    for (String line : lines) {
      Matcher card = CARD.matcher(line);
      if (card.find()) {
        return Double.parseDouble(card.group(1).replace(',', '.'));
      }
    }
    return Double.NaN;
  }

  private static void stored(List<String> lines, List<String> failures) {
    List<String> found = new ArrayList<>();
    for (String line : lines) {
      Matcher result = RESULT.matcher(line);
      if (result.matches() && result.group(2).equals("200")) {
        found.add(result.group(1));
      }
    }
    if (!found.equals(List.of("RiskAssessment", "Observation", "Provenance"))) {
      failures.add("of the first card there is in the record only " + found);
    }
  }

  /** Cards of the patients made by hand: each band of NEWS2, and orders that meet the kidneys. */
  private static void shown(List<String> lines, List<String> failures) {
    for (String card :
        List.of(
            "[INFO]  NEWS2 1 (low)",
            "[WARNING]  NEWS2 5 (medium)",
            "[CRITICAL]  NEWS2 11 (high)",
            "[CRITICAL]  metformin: avoid",
            "[ Remove the order of metformin ]",
            "[WARNING]  Renal function unstable",
            "[ Order a repeat creatinine ]",
            "[INFO]  Not checked against renal function")) {
      if (lines.stream().noneMatch(l -> l.strip().startsWith(card))) {
        failures.add("the tour does not show " + card);
      }
    }
  }

  /** The year at its end: what was planted was found, and the deployment suspended. */
  private static void lived(List<String> lines, List<String> failures) {
    for (String told :
        List.of("unit        found", "population  found", "concept     found", "Suspended on")) {
      if (lines.stream().noneMatch(l -> l.startsWith(told))) {
        failures.add("the year does not end with '" + told + "'");
      }
    }
  }

  /**
   * Runs each printed line in a shell, as its reader would; calls of hooks twice, which is a retry
   * and shows the same.
   */
  private static void pasted(List<String> lines, Conditions conditions, List<String> failures)
      throws IOException, InterruptedException {
    int ran = 0;
    int hooks = 0;
    for (String line : lines) {
      if (line.startsWith("  curl ")) {
        Pasted once = paste(line);
        ran++;
        if (!once.works()) {
          failures.add("pasted, this ends with " + once.status() + ": " + line.strip());
        }
        if (line.contains("hookInstance")) {
          hooks++;
          if (!once.output().contains("\"summary\"")) {
            failures.add("this call of a hook shows no card: " + line.strip());
          }
          if (!paste(line).equals(once)) {
            failures.add("pasted again, this shows other cards: " + line.strip());
          }
        }
      }
    }
    conditions.out().printf("  %d curl lines pasted, calls of hooks (%d) twice%n", ran, hooks);
    if (ran < 5 || hooks < 3) {
      failures.add("the demo printed " + ran + " curl lines, " + hooks + " of them calls of hooks");
    }
  }

  private record Pasted(int status, String output) {
    boolean works() {
      return status == 0 && (output.contains("{") || output.contains(" 200"));
    }
  }

  private static Pasted paste(String line) throws IOException, InterruptedException {
    String strict = line.strip().replaceFirst("curl ", "curl -sS --fail ");
    Process shell = new ProcessBuilder("bash", "-c", strict).redirectErrorStream(true).start();
    String output =
        new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    return new Pasted(shell.waitFor(), output);
  }

  /** A clone of the sources has nothing built; the caches of Maven are as they are. */
  private static void fromClone(Path work, Conditions conditions, List<String> failures)
      throws IOException, InterruptedException, NotRunException {
    Path clone = work.resolve("clone");
    Process git =
        new ProcessBuilder("git", "clone", "-q", Sources.home().toString(), clone.toString())
            .inheritIO()
            .start();
    if (git.waitFor() != 0) {
      throw new NotRunException(
          "the sources cannot be cloned, so the time from a clone is unknown");
    }
    long start = System.nanoTime();
    Process demo =
        new ProcessBuilder(
                clone.resolve("auscult").toString(),
                "demo",
                "--exit",
                "--port",
                "0",
                "--data",
                work.resolve("cloned-data").toString())
            .directory(clone.toFile())
            .redirectErrorStream(true)
            .start();
    double seconds = Double.NaN;
    try (var out = demo.inputReader(StandardCharsets.UTF_8)) {
      for (String line = out.readLine(); line != null; line = out.readLine()) {
        if (CARD.matcher(line).find()) {
          seconds = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start) / 1000.0;
        }
      }
    }
    int status = demo.waitFor();
    conditions
        .out()
        .printf(
            Locale.ROOT,
            "  first card %.1f s after the command in a fresh clone (aim %.0f s)%n",
            seconds,
            CLONE_AIM_SECONDS);
    if (status != 0 || !(seconds <= CLONE_AIM_SECONDS)) {
      failures.add("from a fresh clone: first card after " + seconds + " s, exit " + status);
    }
  }
}
