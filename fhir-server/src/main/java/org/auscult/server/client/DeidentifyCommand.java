package org.auscult.server.client;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.auscult.deidentification.Profile;
import org.auscult.deidentification.ProtectedCodes;
import org.auscult.deidentification.PseudonymMap;
import org.auscult.deidentification.Tally.LeftOut;
import org.auscult.deidentification.fhir.ProtectedConditions;
import org.auscult.deidentification.fhir.ResourceMasker.Settings;
import org.auscult.deidentification.fhir.ResourceMasker.Settings.AiWritten;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Makes a masked copy of exported files, for uses that need no persons. */
@Command(
    name = "deidentify",
    description = {
      "Make a masked copy of a folder of NDJSON (.gz too) and bundles.",
      "Only the elements of a list pass; all else is dropped and counted. See docs.",
      "Exit code: 0 all read, 1 some could not be read and were left out (each is named),",
      "2 could not run."
    },
    mixinStandardHelpOptions = true,
    exitCodeOnExecutionException = 2)
public final class DeidentifyCommand implements Callable<Integer> {
  @Parameters(index = "0", paramLabel = "IN", description = "A file or a folder.")
  private Path in = Path.of(".");

  @Parameters(index = "1", paramLabel = "OUT", description = "A folder that does not exist yet.")
  private Path out = Path.of(".");

  @Option(
      names = "--profile",
      paramLabel = "NAME",
      required = true,
      description = "safe-harbor, limited or expert.")
  private String profile = "";

  @Option(
      names = "--map",
      paramLabel = "FILE",
      description = {
        "Keeps who is behind which pseudonym, encrypted; used again by later copies.",
        "Without it nothing that leads back is kept."
      })
  private @Nullable Path map;

  @Option(
      names = "--key",
      paramLabel = "FILE",
      description = "The map's key; made (mode 600) with a new map.")
  private @Nullable Path key;

  @Option(
      names = "--report",
      paramLabel = "FILE",
      description = "Where the report goes (default: printed).")
  private @Nullable Path report;

  @Option(
      names = "--k",
      paramLabel = "N",
      defaultValue = "11",
      description = "Persons who must be alike (default: ${DEFAULT-VALUE}).")
  private int k = 11;

  @Option(
      names = "--below-k",
      paramLabel = "keep|drop",
      defaultValue = "keep",
      description = "What becomes of persons of whom fewer are alike (default: keep, and say it).")
  private String belowK = "keep";

  @Option(names = "--without-ai", description = "Leave out what a model wrote.")
  private boolean withoutAi;

  @Option(
      names = "--without-protected",
      paramLabel = "FILE",
      arity = "0..1",
      fallbackValue = "",
      description = {
        "Leave out resources with codes under special protection: those of a file of lines",
        "system|code or system|start*; without FILE, ICD-10-CM's of mental health, substance",
        "use and HIV."
      })
  private @Nullable String withoutProtected;

  private final SecureRandom random = new SecureRandom();
  private final Clock clock = Clock.systemUTC();

  /** What becomes of persons in small classes. */
  enum BelowK {
    KEEP,
    DROP
  }

  @Override
  public Integer call() throws IOException {
    Profile wanted = Profile.parse(profile).orElse(null);
    String wrong = wrong(wanted);
    if (wanted == null || wrong != null) {
      return refuse(Objects.requireNonNullElse(wrong, ""));
    }
    List<SourceFile> files = SourceFile.in(in);
    if (files.isEmpty()) {
      return refuse(in + " holds no .ndjson or .json file (.gz too)");
    }
    ProtectedCodes withheld;
    try {
      withheld = withheld();
    } catch (IllegalArgumentException | IOException e) {
      return refuse("--without-protected: " + e.getMessage());
    }
    Settings settings =
        new Settings(
            wanted,
            LocalDate.now(clock),
            withoutAi ? AiWritten.LEAVE_OUT : AiWritten.KEEP,
            withheld);
    try {
      return map == null || key == null
          ? copy(files, settings, new PseudonymMap(random), null)
          : mapped(files, settings, map, key);
    } catch (FileSystemException e) {
      return refuse("cannot read or write " + e.getMessage());
    } catch (IOException e) {
      return refuse(String.valueOf(e.getMessage()));
    }
  }

  private int mapped(List<SourceFile> files, Settings settings, Path map, Path key)
      throws IOException {
    try (MapFile mapFile = MapFile.open(map, key, random)) {
      return copy(files, settings, mapFile.read(), mapFile);
    }
  }

  /** What is wrong with the options; null if nothing is. */
  private @Nullable String wrong(@Nullable Profile wanted) {
    if (wanted == null) {
      return "--profile is safe-harbor, limited or expert";
    }
    if (!Files.exists(in)) {
      return "there is no " + in;
    }
    if (Files.exists(out)) {
      return out + " exists; nothing is overwritten";
    }
    if (Files.exists(part())) {
      return part() + " is left of a run that did not end; remove it and run again";
    }
    Path copy = out.toAbsolutePath().normalize();
    if (Stream.of(report, map, key)
        .anyMatch(f -> f != null && f.toAbsolutePath().normalize().startsWith(copy))) {
      return "report, map and key do not belong into the copy";
    }
    if (report != null && Files.exists(report)) {
      return report + " exists; nothing is overwritten";
    }
    if ((map == null) != (key == null)) {
      return "--map and --key go together";
    }
    if (k < 2) {
      return "--k is at least 2";
    }
    return belowK.matches("keep|drop") ? null : "--below-k is keep or drop";
  }

  private static int refuse(String reason) {
    System.err.println("deidentify: " + reason);
    return 2;
  }

  private ProtectedCodes withheld() throws IOException {
    if (withoutProtected == null) {
      return ProtectedCodes.NONE;
    }
    return withoutProtected.isEmpty()
        ? ProtectedConditions.icd10cm()
        : ProtectedCodes.parse(Files.readAllLines(Path.of(withoutProtected)));
  }

  /** The copy is there as a whole or not at all; the map is written before it. */
  private int copy(
      List<SourceFile> files, Settings settings, PseudonymMap pseudonyms, @Nullable MapFile mapFile)
      throws IOException {
    // A library would else greet on the stream that the report goes to.
    ((Logger) LoggerFactory.getLogger("ca.uhn.fhir")).setLevel(Level.WARN);
    MaskedCopy copy = new MaskedCopy(files, settings, pseudonyms, random, System.err);
    BelowK small = BelowK.valueOf(belowK.toUpperCase(Locale.ROOT));
    Path part = Files.createDirectory(part());
    try {
      copy.survey();
      copy.write(part, small == BelowK.DROP ? copy.likeness().below(k) : Set.of());
      if (mapFile != null) {
        mapFile.write(pseudonyms, mapFile.head());
      }
      Files.move(part, out, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      delete(part);
    }
    String text =
        CopyReport.of(
            settings.profile(), settings.today(), copy.tally(), copy.likeness(), k, small);
    if (report == null) {
      System.out.print(text);
    } else {
      Files.writeString(report, text, StandardOpenOption.CREATE_NEW);
    }
    System.err.println(copy.summary());
    return copy.tally().leftOut(LeftOut.UNREADABLE) == 0 ? 0 : 1;
  }

  /** Where the copy grows. */
  private Path part() {
    Path whole = out.toAbsolutePath().normalize();
    return whole.resolveSibling(whole.getFileName() + ".part");
  }

  private static void delete(Path folder) throws IOException {
    if (Files.exists(folder)) {
      try (Stream<Path> files = Files.walk(folder)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }
}
