package org.auscult.server.client;

import java.io.IOException;
import java.io.PrintWriter;
import picocli.CommandLine.Model.CommandSpec;

/** How commands that keep users and clients end: 0, or 1 with what the server says is wrong. */
final class RegistryCommands {
  private RegistryCommands() {}

  /** What a command does. */
  interface Work {
    void with(PrintWriter out) throws IOException, InterruptedException;
  }

  static int run(CommandSpec spec, Work work) throws InterruptedException {
    PrintWriter out = spec.commandLine().getOut();
    try {
      work.with(out);
      out.flush();
      return 0;
    } catch (IOException e) {
      PrintWriter err = spec.commandLine().getErr();
      err.println("auscult: " + e.getMessage());
      err.flush();
      return 1;
    }
  }
}
