package org.auscult.server;

import org.auscult.server.caller.CdsJwtCommand;
import org.auscult.server.client.ClientCommand;
import org.auscult.server.client.DeidentifyCommand;
import org.auscult.server.client.GoldenCommand;
import org.auscult.server.client.LoadCommand;
import org.auscult.server.client.RebuildCommand;
import org.auscult.server.client.ReidentifyCommand;
import org.auscult.server.client.TrainingSetCommand;
import org.auscult.server.client.UserCommand;
import org.auscult.server.client.VerifyAuditCommand;
import org.auscult.server.config.StartRefused;
import org.auscult.server.demo.DemoCommand;
import org.auscult.server.demo.TokenCommand;
import org.auscult.server.serve.ServeCommand;
import org.auscult.server.simulation.SimulateCommand;
import org.auscult.server.statistics.DriftCommand;
import org.auscult.server.statistics.MetricsCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command line: {@code auscult serve | load | deidentify | verify-audit | demo} and more. */
@Command(
    name = "auscult",
    description = "A FHIR-native platform for clinical prediction models.",
    mixinStandardHelpOptions = true,
    subcommands = {
      DemoCommand.class,
      TokenCommand.class,
      UserCommand.class,
      ClientCommand.class,
      ServeCommand.class,
      LoadCommand.class,
      RebuildCommand.class,
      TrainingSetCommand.class,
      VerifyAuditCommand.class,
      GoldenCommand.class,
      MetricsCommand.class,
      DriftCommand.class,
      SimulateCommand.class,
      DeidentifyCommand.class,
      ReidentifyCommand.class,
      CdsJwtCommand.class
    })
public final class Auscult {
  private Auscult() {}

  public static void main(String[] arguments) {
    System.exit(
        new CommandLine(new Auscult())
            .setExecutionExceptionHandler((failure, command, parsed) -> failed(failure))
            .execute(arguments));
  }

  /** Why a start was refused stands in the log already, without the stack trace that others get. */
  private static int failed(Exception failure) throws Exception {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof StartRefused) {
        System.err.println("auscult: not started, see above");
        return 1;
      }
    }
    throw failure;
  }
}
