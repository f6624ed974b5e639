package org.auscult.server.caller;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Signs a call of the running demonstration's hooks, as its EHR would. */
@Command(
    name = "cds-jwt",
    description = {
      "Print a JWT with which the demonstration's EHR may call one of its hooks, once, within five",
      "minutes: curl -H \"Authorization: Bearer $(auscult cds-jwt --service cvd-risk)\" ..."
    },
    mixinStandardHelpOptions = true)
public final class CdsJwtCommand implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;

  @ArgGroup(exclusive = true, multiplicity = "1")
  private Called called = new Called();

  @Option(names = "--feedback", description = "For feedback to the service.")
  private boolean feedback;

  @Option(
      names = "--client",
      paramLabel = "ID",
      description = "For the client's own path, /ehr/ID/cds-services.")
  private @Nullable String client;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      defaultValue = ".auscult/data",
      description = "Folder of the demonstration's data (default: ${DEFAULT-VALUE}).")
  private Path data = Path.of(".auscult/data");

  @Option(
      names = "--server",
      paramLabel = "URL",
      description = "Root of the server, if it is not the demonstration that ran there last.")
  private @Nullable String server;

  /** What is to be called. */
  static final class Called {
    @Option(names = "--service", paramLabel = "ID", description = "For a service.")
    @Nullable String service;

    @Option(names = "--discovery", description = "For discovery.")
    boolean discovery;
  }

  @Override
  public Integer call() throws IOException {
    CommandSpec commands = spec;
    if (commands == null) {
      throw new IllegalStateException("picocli has not set the command");
    }
    PrintWriter out = commands.commandLine().getOut();
    PrintWriter err = commands.commandLine().getErr();
    if (feedback && called.service == null) {
      err.println("auscult: --feedback goes with --service");
      return 2;
    }
    try {
      DemonstrationEhr ehr = DemonstrationEhr.read(data);
      out.println(ehr.token(url(ehr), Instant.now()));
      out.flush();
      return 0;
    } catch (NoSuchFileException e) {
      err.println("auscult: no demonstration has run in " + data + "; start ./auscult demo first");
      return 1;
    }
  }

  private String url(DemonstrationEhr ehr) {
    String root = server == null ? ehr.server() : server.replaceAll("/+$", "");
    String services = (client == null ? "" : "/ehr/" + client) + "/cds-services";
    String service = called.service == null ? "" : "/" + called.service;
    return root + services + service + (feedback ? "/feedback" : "");
  }
}
