package org.auscult.server.simulation;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Lives a year of a hospital in a minute, and tells what monitoring found of what was planted. */
@Command(
    name = "simulate",
    description = {
      "Live a year in about a minute, without a server: patients drawn from the bundled ones,"
          + " predictions by ONNX Runtime, outcomes, answers to cards, and all monitoring. In the"
          + " fourth month a laboratory changes a unit, in the seventh other patients come, in the"
          + " tenth the relation of what is measured and who dies changes. Tells how each was found,"
          + " how fast, what was proposed, and what suspending the model did. docs/monitoring.md"
          + " says how it is made.",
      "Exit code: 0 told, 2 an option is wrong, or a file cannot be written."
    },
    mixinStandardHelpOptions = true)
public final class SimulateCommand implements Callable<Integer> {
  private static final DateTimeFormatter MONTH =
      DateTimeFormatter.ofPattern("MMMM uuuu", Locale.ENGLISH);

  @Spec private @Nullable CommandSpec spec;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "Of all chance; the same one gives the same bytes (default: ${DEFAULT-VALUE}).")
  private long seed = 1;

  @Option(
      names = "--start",
      paramLabel = "YYYY-MM-DD",
      defaultValue = "2025-01-01",
      description = "The year's first day (default: ${DEFAULT-VALUE}).")
  private LocalDate start = LocalDate.of(2025, 1, 1);

  @Option(
      names = "--patients-per-week",
      paramLabel = "N",
      defaultValue = "250",
      description = {
        "Who come into hospital, 50 to 2,000 (default: ${DEFAULT-VALUE}). With fewer than 230 the"
            + " rules of the starter pack about drift have too few rows."
      })
  private int patientsPerWeek = 250;

  @Option(
      names = "--every",
      paramLabel = "DAYS",
      defaultValue = "1",
      description = "Days between two looks of monitoring, 1 to 7 (default: ${DEFAULT-VALUE}).")
  private int every = 1;

  @Option(
      names = "--without",
      paramLabel = "CHANGE",
      split = ",",
      description = "Leave out unit, population, concept, or several.")
  private List<String> without = List.of();

  @Option(names = "--no-suspension", description = "The deployment lets no finding suspend it.")
  private boolean noSuspension;

  @Option(names = "--json", description = "Print one JSON object.")
  private boolean json;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Also write the page of each month there, and year.json.")
  private @Nullable Path out;

  @Override
  public Integer call() {
    YearPlan plan;
    try {
      plan = new YearPlan(seed, start, patientsPerWeek, every, planted(), !noSuspension);
    } catch (IllegalArgumentException e) {
      throw wrong(e.getMessage());
    }
    ((Logger) LoggerFactory.getLogger("ca.uhn.fhir")).setLevel(Level.WARN);
    YearResult year = Year.live(plan, day -> System.err.println("  " + MONTH.format(day) + " ..."));
    if (json) {
      System.out.print(YearJson.of(year));
    } else {
      new Story(year, System.out).tell();
    }
    if (out != null) {
      try {
        new YearPages(year).write(out);
        System.err.println("Pages and year.json are in " + out);
      } catch (IOException e) {
        System.err.println("simulate: " + out + " cannot be written: " + e);
        return 2;
      }
    }
    return 0;
  }

  /** The year of the demonstration, in short: monitoring looks on Mondays, which takes a third. */
  public static void tellInShort(PrintStream out) {
    out.println("A year of monitoring, simulated beside the server (some seconds) ...");
    YearPlan plan =
        new YearPlan(1, LocalDate.of(2025, 1, 1), 250, 7, EnumSet.allOf(Planted.class), true);
    new Story(Year.live(plan, day -> {}), out).tellInShort();
    out.println("  The whole year, month by month: ./auscult simulate");
  }

  private Set<Planted> planted() {
    EnumSet<Planted> planted = EnumSet.allOf(Planted.class);
    for (String code : without) {
      planted.remove(
          Planted.of(code)
              .orElseThrow(
                  () ->
                      new IllegalArgumentException(
                          "--without takes "
                              + Arrays.stream(Planted.values())
                                  .map(Planted::code)
                                  .collect(Collectors.joining(", "))
                              + ", and not '"
                              + code
                              + "'")));
    }
    return planted;
  }

  private ParameterException wrong(@Nullable String why) {
    if (spec == null) {
      throw new IllegalStateException("Only a command line runs this");
    }
    return new ParameterException(spec.commandLine(), "simulate: " + why);
  }
}
