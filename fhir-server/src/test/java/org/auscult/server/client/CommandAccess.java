package org.auscult.server.client;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.auscult.server.KnownCaller;

/** What a command needs to be let in by the server under test. */
final class CommandAccess {
  private CommandAccess() {}

  /** Options with a token in a file that nobody else may read. */
  static List<String> options(Path folder, KnownCaller caller) {
    try {
      Path file = folder.resolve("token");
      Files.writeString(file, caller.accessToken() + "\n");
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
      return List.of("--token-file", file.toString());
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
