package org.auscult.server.config;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * The folder of the embedded database: made so that other users of the machine see nothing in it.
 */
public final class DataFolder {
  private DataFolder() {}

  /**
   * Makes it, unless it is there; one that is there stays as it is.
   *
   * @throws StartRefused if it cannot be made
   */
  public static void make(Path folder) {
    try {
      create(folder);
    } catch (IOException e) {
      throw new StartRefused(
          "auscult.data-dir: " + folder.toAbsolutePath().normalize() + " cannot be made");
    }
  }

  /** The same, for who has a use for the failure. */
  public static void create(Path folder) throws IOException {
    Path whole = folder.toAbsolutePath().normalize();
    if (Files.isDirectory(whole)) {
      return;
    }
    Path parent = whole.getParent();
    if (parent != null) {
      Files.createDirectories(parent);
    }
    boolean isPosix = FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
    if (isPosix) {
      Files.createDirectories(
          whole,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    } else {
      Files.createDirectories(whole);
    }
  }
}
