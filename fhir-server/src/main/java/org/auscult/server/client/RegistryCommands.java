package org.auscult.server.client;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;

/**
 * What commands that keep users and clients have in common. They end with 0, or with 1 and what the
 * server says is wrong.
 */
final class RegistryCommands {
  private RegistryCommands() {}

  /** What a command does. */
  interface Work {
    void with(PrintWriter out) throws IOException, InterruptedException;
  }

  /**
   * Does it.
   *
   * @param spec of the command, which picocli sets before it is called
   */
  static int run(@Nullable CommandSpec spec, Work work) throws InterruptedException {
    if (spec == null) {
      throw new IllegalStateException("picocli has not set the command");
    }
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

  /**
   * Disables one, or lets it in again.
   *
   * @param kind {@code users} or {@code clients}
   * @param told members that are only told, and not taken back
   */
  static int setDisabled(
      @Nullable CommandSpec spec,
      RegistryAccess access,
      String kind,
      String name,
      List<String> told,
      boolean disabled)
      throws InterruptedException {
    return run(
        spec,
        out -> {
          RegistryHttp http = access.http();
          RegistryHttp.Read read = http.get(kind, name);
          ObjectNode now = read.body().deepCopy().remove(told);
          http.change(kind, name, read, now.put("disabled", disabled));
          out.println((disabled ? "Disabled: " : "Enabled: ") + name);
        });
  }
}
