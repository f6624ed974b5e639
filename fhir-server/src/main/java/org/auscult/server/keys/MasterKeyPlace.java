package org.auscult.server.keys;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.auscult.server.config.DataFolder;
import org.auscult.server.config.SecretFile;
import org.auscult.server.config.StartRefused;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds the master key: in the file that is set, else in the environment. If there is neither, a
 * server that only this machine can reach makes one beside its data, and says so; any other refuses
 * to start. A database in memory takes one with it.
 *
 * @param fromEnvironment the text of {@code AUSCULT_MASTER_KEY}; null if there is none
 * @param dataDir where a key is made
 * @param keys whether something is encrypted under a master key already
 * @param reach who can reach this server
 */
record MasterKeyPlace(
    KeySettings settings, @Nullable String fromEnvironment, Path dataDir, Keys keys, Reach reach) {
  static final String ENVIRONMENT = "AUSCULT_MASTER_KEY";
  static final String SETTING = "auscult.keys.master-key-file";

  private static final String FORMER_SETTING = "auscult.keys.former-master-key-file";
  private static final String FILE = "master.key";
  private static final Logger LOG = LoggerFactory.getLogger(MasterKeyPlace.class);

  /** What is encrypted under a master key. */
  enum Keys {
    NONE,
    /** A database, or keys in it. */
    STORED,
    /** It ends with this process, and so may the key. */
    IN_MEMORY
  }

  /** Who can reach this server. */
  enum Reach {
    THIS_MACHINE,
    NETWORK
  }

  /** What it takes to have a key, for who has none. */
  static String advice() {
    return "There is no master key. Make one with 'openssl rand -base64 32', keep it apart from"
        + " backups of the database, and give it as the file "
        + SETTING
        + " (chmod 600) or in the environment as "
        + ENVIRONMENT
        + ".";
  }

  /** Whether the operator gave a key. */
  static boolean isGiven(@Nullable String file, @Nullable String fromEnvironment) {
    return (file != null && !file.isBlank())
        || (fromEnvironment != null && !fromEnvironment.isBlank());
  }

  /**
   * The master key.
   *
   * @throws StartRefused if there is none, or what there is, is none
   */
  MasterKey find() {
    Path file = settings.masterKeyFile();
    if (file != null) {
      return parsed(SecretFile.read(file, SETTING), SETTING);
    }
    if (fromEnvironment != null && !fromEnvironment.isBlank()) {
      return parsed(fromEnvironment, ENVIRONMENT);
    }
    if (keys == Keys.IN_MEMORY) {
      return parsed(MasterKey.generate(), "memory");
    }
    if (reach == Reach.NETWORK) {
      throw new StartRefused(advice());
    }
    return besideTheData();
  }

  /** The key before the present one; null if none is given. */
  @Nullable MasterKey former() {
    Path file = settings.formerMasterKeyFile();
    return file == null ? null : parsed(SecretFile.read(file, FORMER_SETTING), FORMER_SETTING);
  }

  private MasterKey besideTheData() {
    Path folder = dataDir.toAbsolutePath().normalize();
    Path file = folder.resolve(FILE);
    if (!Files.exists(file)) {
      if (keys == Keys.STORED) {
        throw new StartRefused(
            "The database is encrypted under a master key that is not here: "
                + file
                + " is missing, and neither "
                + SETTING
                + " nor "
                + ENVIRONMENT
                + " is set.");
      }
      make(folder, file);
    }
    return parsed(SecretFile.read(file, FILE), file.toString());
  }

  private static void make(Path folder, Path file) {
    try {
      DataFolder.make(folder);
      SecretFile.create(file, MasterKey.generate() + "\n");
      LOG.warn(
          "!!! A master key was made: {}. Whoever has it and the database can read all; without it"
              + " the database is lost. For more than a trial, keep it elsewhere: set {}.",
          file,
          SETTING);
    } catch (FileAlreadyExistsException e) {
      LOG.info("Another process made {}", file);
    } catch (IOException | UnsupportedOperationException e) {
      throw new StartRefused("A master key could not be written to " + file + ". " + advice());
    }
  }

  private static MasterKey parsed(String text, String source) {
    try {
      return MasterKey.parse(text, source);
    } catch (IllegalArgumentException e) {
      throw new StartRefused(String.valueOf(e.getMessage()));
    }
  }

  /** A record's own text would print the key. */
  @Override
  public String toString() {
    return "MasterKeyPlace[" + keys + ", " + reach + "]";
  }
}
