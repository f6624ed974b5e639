package org.auscult.server.config;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
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
    Files.createDirectories(whole, owners("rwx------"));
  }

  /** Makes an empty file that other users of the machine cannot open. */
  public static void createFile(Path file) throws IOException {
    Files.createFile(file, owners("rw-------"));
  }

  private static FileAttribute<?>[] owners(String permissions) {
    boolean isPosix = FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
    return isPosix
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
        }
        : new FileAttribute<?>[0];
  }
}
