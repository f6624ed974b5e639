package org.auscult.prove.reference;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.auscult.prove.CommandRun;
import org.auscult.prove.Conditions;
import org.auscult.prove.Conditions.Length;
import org.auscult.prove.LoadSlice;
import org.auscult.prove.ServerProcess;

/** Loads Synthea's patients as history, with our command; in short form a few of them. */
final class SyntheaLoad {
  /** What the features read, and what that refers to. */
  private static final Set<String> TYPES =
      Set.of(
          "Patient",
          "Encounter",
          "Observation",
          "Condition",
          "MedicationRequest",
          "Medication",
          "Procedure",
          "Immunization",
          "Organization",
          "Location",
          "Practitioner");

  private static final int PATIENTS = 4;
  private static final int LARGEST = 700;

  private final Path ndjson;
  private final Path work;

  SyntheaLoad(Path ndjson, Path work) {
    this.ndjson = ndjson;
    this.work = work;
  }

  /** Puts them into a server; breaches are what the command could not load. */
  List<String> into(ServerProcess server, Conditions conditions)
      throws IOException, InterruptedException {
    List<String> command =
        List.of(
            "load",
            folder(conditions).toString(),
            "--history",
            "--no-resume",
            "--server",
            server.root() + "/fhir",
            "--data",
            server.identities().folder().toString());
    List<String> failures = new ArrayList<>();
    try (CommandRun load = CommandRun.start(command, line -> {})) {
      int status = load.end();
      if (status != 0) {
        failures.add("load ended with " + status + ": " + load.lastLines(3));
      }
      load.lastLines(1).forEach(line -> conditions.out().println("  loaded: " + line));
    }
    return failures;
  }

  private Path folder(Conditions conditions) throws IOException {
    Path wanted = Files.createDirectory(work.resolve("wanted"));
    try (Stream<Path> files = Files.list(ndjson)) {
      for (Path file : files.toList()) {
        String name = file.getFileName().toString();
        if (TYPES.contains(name.replaceFirst("\\..*", ""))) {
          Files.copy(file, wanted.resolve(name));
        }
      }
    }
    if (conditions.length() == Length.WHOLE) {
      return wanted;
    }
    Path slice = Files.createDirectory(work.resolve("slice"));
    new LoadSlice(wanted).write(slice, PATIENTS, LARGEST, new Random(conditions.seed()));
    return slice;
  }
}
