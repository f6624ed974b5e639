package org.auscult.server.client;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.auscult.deidentification.PseudonymMap;
import org.auscult.server.client.ReidentificationLog.Head;
import org.auscult.server.client.ReidentificationLog.Question;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Tells who is behind a pseudonym, and writes down first who asked and why. */
@Command(
    name = "reidentify",
    description = {
      "Tell what a pseudonym of a masked copy stands for. The question is logged before it is",
      "answered, in a chain of hashes beside the map.",
      "Exit code: 0 found, 1 unknown to this map, 2 could not run (the log was altered, say)."
    },
    mixinStandardHelpOptions = true,
    exitCodeOnExecutionException = 2)
public final class ReidentifyCommand implements Callable<Integer> {
  @Parameters(paramLabel = "PSEUDONYM", description = "As in the copy, with its type or without.")
  private String pseudonym = "";

  @Option(names = "--map", paramLabel = "FILE", required = true, description = "The map.")
  private Path map = Path.of("");

  @Option(names = "--key", paramLabel = "FILE", required = true, description = "Its key.")
  private Path key = Path.of("");

  @Option(names = "--reason", paramLabel = "TEXT", required = true, description = "Why.")
  private String reason = "";

  @Option(names = "--by", paramLabel = "NAME", required = true, description = "Who asks.")
  private String by = "";

  private final Clock clock = Clock.systemUTC();

  @Override
  public Integer call() {
    if (reason.isBlank() || by.isBlank() || pseudonym.isBlank()) {
      System.err.println("reidentify: who asks, for what and why must be said");
      return 2;
    }
    if (!Files.exists(map)) {
      System.err.println("reidentify: there is no " + map);
      return 2;
    }
    try (MapFile file = MapFile.open(map, key, new SecureRandom())) {
      PseudonymMap pseudonyms = file.read();
      Optional<String> original = pseudonyms.original(pseudonym);
      ReidentificationLog log = new ReidentificationLog(Path.of(map + ".log"));
      Head before = log.verify(file.head());
      Question question =
          new Question(clock.instant().truncatedTo(ChronoUnit.MILLIS), by, reason, pseudonym);
      Head after = log.append(before, question, original.isPresent() ? "found" : "unknown");
      file.write(pseudonyms, after);
      if (original.isEmpty()) {
        System.err.println("reidentify: this map does not know that pseudonym");
        return 1;
      }
      System.out.println(original.get());
      return 0;
    } catch (IOException e) {
      System.err.println("reidentify: " + e.getMessage());
      return 2;
    }
  }
}
