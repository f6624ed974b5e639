package org.auscult.server.config;

import java.net.URI;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Which database, reached how. */
public record Database(
    Vendor vendor, String jdbcUrl, @Nullable String user, @Nullable String password) {
  /** The two databases that we run on. */
  public enum Vendor {
    H2,
    POSTGRESQL;

    /** The folder of this vendor's migrations. */
    public String migrations() {
      return "classpath:db/auscult/" + name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * Reads the settings.
   *
   * @throws IllegalArgumentException if {@code db-url} is not set, or of no form that we know
   */
  public static Database from(AuscultSettings settings) {
    String url = settings.dbUrl();
    if (url == null || url.isBlank()) {
      throw new IllegalArgumentException("auscult.db-url is not set");
    }
    if (url.startsWith("jdbc:h2:")) {
      return new Database(Vendor.H2, url, "sa", "");
    }
    if (url.startsWith("jdbc:postgresql:")) {
      return new Database(Vendor.POSTGRESQL, url, settings.dbUser(), password(settings));
    }
    if (url.startsWith("postgresql://") || url.startsWith("postgres://")) {
      return fromUri(URI.create(url), settings);
    }
    throw new IllegalArgumentException(
        "auscult.db-url must begin with jdbc:postgresql:// or postgresql://");
  }

  /** Whether it ends with this process. */
  public boolean isInMemory() {
    return jdbcUrl.startsWith("jdbc:h2:mem:");
  }

  /**
   * The embedded database. It writes no file of what went wrong, since that would quote what was to
   * be stored, and keeps results in memory however long they are, since it would put them as they
   * are into the machine's folder for passing files.
   *
   * @param scheme how its files are written
   * @param file without its ending
   */
  public static Database embedded(String scheme, Path file) {
    String options =
        ";DB_CLOSE_ON_EXIT=FALSE;LOCK_TIMEOUT=20000;TRACE_LEVEL_FILE=0;MAX_MEMORY_ROWS=2147483647";
    return new Database(
        Vendor.H2,
        "jdbc:h2:" + scheme + ":" + file.toAbsolutePath().normalize() + options,
        "sa",
        "");
  }

  private static @Nullable String password(AuscultSettings settings) {
    Path file = settings.dbPasswordFile();
    return file == null
        ? settings.dbPassword()
        : SecretFile.read(file, "auscult.db-password-file").strip();
  }

  private static Database fromUri(URI uri, AuscultSettings settings) {
    String userInfo = uri.getUserInfo();
    String user = settings.dbUser();
    String password = password(settings);
    if (userInfo != null) {
      int colon = userInfo.indexOf(':');
      user = colon < 0 ? userInfo : userInfo.substring(0, colon);
      password = colon < 0 ? password : userInfo.substring(colon + 1);
    }
    String port = uri.getPort() < 0 ? "" : ":" + uri.getPort();
    String query = uri.getQuery() == null ? "" : "?" + uri.getQuery();
    return new Database(
        Vendor.POSTGRESQL,
        "jdbc:postgresql://" + uri.getHost() + port + uri.getPath() + query,
        user,
        password);
  }

  /** Hides URL parameters and password. */
  @Override
  public String toString() {
    return "Database[" + vendor + "]";
  }
}
