package org.auscult.server;

import org.auscult.server.client.LoadCommand;
import org.auscult.server.client.RebuildCommand;
import org.auscult.server.client.VerifyAuditCommand;
import org.auscult.server.demo.DemoCommand;
import org.auscult.server.serve.ServeCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command line: {@code auscult serve | load | rebuild | verify-audit | demo}. */
@Command(
    name = "auscult",
    description = "A FHIR-native platform for clinical prediction models.",
    mixinStandardHelpOptions = true,
    subcommands = {
      DemoCommand.class,
      ServeCommand.class,
      LoadCommand.class,
      RebuildCommand.class,
      VerifyAuditCommand.class
    })
public final class Auscult {
  private Auscult() {}

  public static void main(String[] arguments) {
    System.exit(new CommandLine(new Auscult()).execute(arguments));
  }
}
