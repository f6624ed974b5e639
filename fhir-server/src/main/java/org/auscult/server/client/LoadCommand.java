package org.auscult.server.client;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.auscult.server.client.Loader.Nature;
import org.auscult.server.token.TokenSource;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Loads files into a FHIR server. */
@Command(
    name = "load",
    description = {
      "Load NDJSON (.gz too), transaction bundles, or a folder of either, over HTTP.",
      "Exit code: 0 all loaded, 1 some refused (each is named), 2 could not run."
    },
    mixinStandardHelpOptions = true,
    exitCodeOnExecutionException = 2)
public final class LoadCommand implements Callable<Integer> {
  @Parameters(paramLabel = "PATH", description = "A file or a folder.")
  private Path path = Path.of(".");

  @Option(
      names = "--server",
      paramLabel = "URL",
      defaultValue = "http://127.0.0.1:8080/fhir",
      description = "FHIR base URL (default: ${DEFAULT-VALUE}).")
  private String server = "http://127.0.0.1:8080/fhir";

  @Option(
      names = "--history",
      description =
          "What is loaded is history: when it was known is reconstructed from its own dates.")
  private boolean history;

  @Option(
      names = "--lag",
      paramLabel = "DURATION",
      description = {
        "How long after it took effect this feed's history was known, where it gives no date of",
        "issue or recording: ISO 8601, such as PT24H (default: none)."
      })
  private @Nullable Duration lag;

  @Option(
      names = "--batch",
      paramLabel = "N",
      defaultValue = "150",
      description = "Resources in one transaction (default: ${DEFAULT-VALUE}).")
  private int batch = 150;

  @Option(
      names = "--threads",
      paramLabel = "N",
      defaultValue = "2",
      description = "Transactions under way at once (default: ${DEFAULT-VALUE}).")
  private int threads = 2;

  @Option(
      names = "--state",
      paramLabel = "FILE",
      defaultValue = ".auscult/load.state",
      description = "Remembers which files are done (default: ${DEFAULT-VALUE}).")
  private Path state = Path.of(".auscult/load.state");

  @Option(names = "--no-resume", description = "Load everything, whatever was loaded before.")
  private boolean noResume;

  @Mixin private Access access = new Access();

  @Override
  public Integer call() throws IOException {
    if (!Files.exists(path)) {
      System.err.println("load: there is no " + path);
      return 2;
    }
    if (!server.matches("https?://[^\\s]+")) {
      System.err.println("load: --server is an http or https URL");
      return 2;
    }
    if (lag != null && (!history || lag.isNegative())) {
      System.err.println("load: --lag is a positive duration and goes with --history");
      return 2;
    }
    if (batch < 1 || threads < 1) {
      System.err.println("load: --batch and --threads are at least 1");
      return 2;
    }
    List<SourceFile> files = SourceFile.in(path);
    if (files.isEmpty()) {
      System.err.println("load: " + path + " holds no .ndjson or .json file (.gz too)");
      return 2;
    }
    long total = 0;
    for (SourceFile file : files) {
      total += file.count();
    }
    Report report = new Report(System.err, total);
    Nature nature = !history ? Nature.LIVE : lag == null ? Nature.HISTORY : new Nature(lag);
    LoadState remembered = new LoadState(noResume ? null : state, server, nature);
    TokenSource tokens;
    try {
      tokens = access.to(server);
    } catch (Access.UnusableException e) {
      System.err.println("load: " + e.getMessage());
      return 2;
    }
    FhirHttp http = new FhirHttp(server, tokens, FhirHttp.FIRST_WAIT);
    try {
      new Loader(http, nature, batch, threads, remembered).load(files, report);
    } catch (FhirHttp.Unavailable e) {
      report.summary();
      System.err.println("load: " + e.getMessage() + "; run the same command again to go on");
      return 2;
    }
    report.summary();
    return report.anyRefused() ? 1 : 0;
  }
}
