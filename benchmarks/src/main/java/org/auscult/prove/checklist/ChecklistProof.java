package org.auscult.prove.checklist;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.auscult.prove.Conditions;
import org.auscult.prove.NotRunException;
import org.auscult.prove.Proof;
import org.auscult.prove.Sources;
import org.auscult.prove.Verdict;

/**
 * Whether each line of the checklists, and each safety rule, that is in force has a test, by the
 * marks in the tests' Javadoc; whether the tables that say so are up to date; and whether the
 * hazard log names tests that there are. That the tests pass is the build's to say.
 */
public final class ChecklistProof implements Proof {
  private static final String HAZARDS = "docs/safety/README.md";
  private static final Pattern NAMED = Pattern.compile("`(\\w+)`");
  private static final Pattern TEST_CLASS = Pattern.compile("[A-Z]\\w*(Test|Scenarios|Contract)");

  /** A method has several words; a single one is something else, such as {@code exists}. */
  private static final Pattern TEST_METHOD = Pattern.compile("[a-z]+[A-Z]\\w{8,}");

  private static final String WRITTEN =
      """

      Written by `./auscult prove checklist --write` from the marks in the tests' Javadoc; the build fails
      if it is out of date. A class stands for all of its tests.""";

  private static final String TESTS =
      """


      | Line | What | Tests |
      | --- | --- | --- |
      """;

  private static final String HAZARD_TESTS =
      """
       The [hazard log](README.md) says for each
      rule which hazard it controls, and names the proofs beside the tests.

      | Rule | Hazard | Tests |
      | --- | --- | --- |
      """;

  private static List<Table> tables() {
    return List.of(
        conformance("CDS Hooks", "cds-hooks.md", Mark.Kind.CHECKLIST, "lines.tsv"),
        conformance("SMART App Launch", "smart.md", Mark.Kind.SMART, "smart.tsv"),
        conformance(
            "AI transparency", "transparency.md", Mark.Kind.TRANSPARENCY, "transparency.tsv"),
        conformance(
            "Audit and signatures", "governance.md", Mark.Kind.GOVERNANCE, "governance.tsv"),
        new Table(
            "docs/safety/tests.md",
            Mark.Kind.SAFETY,
            "# Safety rules and their tests\n" + WRITTEN + HAZARD_TESTS,
            Numbered.read("rules.tsv")));
  }

  private static Table conformance(String title, String file, Mark.Kind kind, String lines) {
    return new Table(
        "docs/conformance/" + file,
        kind,
        "# " + title + ": lines of the checklist and their tests\n" + WRITTEN + TESTS,
        Numbered.read(lines));
  }

  @Override
  public String name() {
    return "checklist";
  }

  @Override
  public String about() {
    return "each line of the checklists and each safety rule in force has a test";
  }

  @Override
  public Verdict run(Conditions conditions) throws Exception {
    Path home = Sources.folder();
    List<Mark> marks = new ArrayList<>();
    List<String> breaches = new ArrayList<>();
    Map<String, Set<String>> tests = new HashMap<>();
    for (Path file : testSources(home)) {
      String type = file.getFileName().toString().replace(".java", "");
      TestSource source = new TestSource(type, Files.readString(file));
      marks.addAll(source.marks());
      breaches.addAll(source.problems());
      tests.put(type, source.methods());
    }
    Collections.sort(marks);
    for (Table table : tables()) {
      breaches.addAll(table.gaps(marks));
      compare(home.resolve(table.path()), table.text(marks), conditions.write(), breaches);
      conditions
          .out()
          .printf(
              "  %s: %d lines in force, %d later%n",
              table.path(), table.lines().inForce().size(), table.lines().later().size());
    }
    breaches.addAll(strangers(Files.readString(home.resolve(HAZARDS)), tests));
    conditions.out().printf("  %d marks in %d test sources%n", marks.size(), tests.size());
    return new Verdict(breaches);
  }

  private static List<Path> testSources(Path home) throws IOException, NotRunException {
    try (Stream<Path> all = Files.walk(home)) {
      List<Path> found =
          all.filter(p -> p.toString().endsWith(".java"))
              .filter(
                  p ->
                      home.relativize(p)
                          .toString()
                          .replace('\\', '/')
                          .matches("[^/]+/src/test/java/.*"))
              .sorted()
              .toList();
      if (found.isEmpty()) {
        throw new NotRunException("no test sources at " + home);
      }
      return found;
    }
  }

  private static void compare(Path file, String text, boolean write, List<String> breaches)
      throws IOException {
    String committed = Files.exists(file) ? Files.readString(file) : "";
    if (write && !committed.equals(text)) {
      Files.createDirectories(file.getParent());
      Files.writeString(file, text, StandardCharsets.UTF_8);
    } else if (!committed.equals(text)) {
      breaches.add(
          file.getFileName() + " is out of date; write it with: ./auscult prove checklist --write");
    }
  }

  /** Tests that a text names and that there are not. */
  static List<String> strangers(String text, Map<String, Set<String>> tests) {
    Map<String, String> strangers = new TreeMap<>();
    Matcher named = NAMED.matcher(text);
    while (named.find()) {
      String name = named.group(1);
      boolean isClass = TEST_CLASS.matcher(name).matches();
      boolean isMethod = TEST_METHOD.matcher(name).matches();
      boolean known =
          isClass
              ? tests.containsKey(name)
              : tests.values().stream().anyMatch(methods -> methods.contains(name));
      if ((isClass || isMethod) && !known) {
        strangers.put(name, HAZARDS + " names the test " + name + ", which there is not");
      }
    }
    return List.copyOf(strangers.values());
  }
}
