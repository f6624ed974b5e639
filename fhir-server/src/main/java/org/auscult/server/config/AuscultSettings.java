package org.auscult.server.config;

import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What an operator may set; checked at start, documented in {@code docs/configuration.md}.
 *
 * @param dataDir folder of the embedded database; ignored if {@code dbUrl} is given
 * @param dbUrl PostgreSQL: {@code jdbc:postgresql://host/db} or {@code
 *     postgresql://user:password@host:port/db}; null for the embedded database
 * @param dbUser user name, if the URL has none
 * @param dbPassword password, if the URL has none
 * @param dbPasswordFile file with the password, instead; only its owner may read it
 * @param dbPoolSize connections held open at the most
 * @param publicBaseUrl the FHIR base URL by which callers know this server; null for {@code
 *     http://127.0.0.1:port/fhir}
 * @param localFhirServers further FHIR base URLs whose patient ids are ours (safety rule 1)
 * @param timeZone the site's time zone: reads partial dates and shows local ones
 * @param starter what of the starter pack is there after the start
 * @param comorbidities whether the comorbidity indices of the guide are registered too
 * @param demo a demonstration with synthetic patients: it may start where it is not safe
 */
@ConfigurationProperties("auscult")
public record AuscultSettings(
    @DefaultValue(".auscult/data") Path dataDir,
    @Nullable String dbUrl,
    @Nullable String dbUser,
    @Nullable String dbPassword,
    @Nullable Path dbPasswordFile,
    @DefaultValue("16") int dbPoolSize,
    @Nullable String publicBaseUrl,
    @DefaultValue List<String> localFhirServers,
    @DefaultValue("UTC") String timeZone,
    @DefaultValue("none") Starter starter,
    @DefaultValue("false") boolean comorbidities,
    @DefaultValue("false") boolean demo) {

  /** What of the starter pack the server registers when it starts (safety rule 17). */
  public enum Starter {
    NONE,
    /** Feature definitions; models and deployments as drafts, so nothing is shown. */
    DRAFT,
    /** Models active, deployments live: for the demonstration and for tests. */
    LIVE
  }

  public AuscultSettings {
    if (dbPoolSize < 4 || dbPoolSize > 200) {
      throw new IllegalArgumentException(
          "auscult.db-pool-size is " + dbPoolSize + "; it takes a number from 4 to 200");
    }
    try {
      ZoneId.of(timeZone);
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(
          "auscult.time-zone is '" + timeZone + "'; it takes a zone such as Europe/Berlin", e);
    }
    localFhirServers = List.copyOf(localFhirServers);
  }

  /** The site's time zone. */
  public ZoneId zone() {
    return ZoneId.of(timeZone);
  }

  /** Hides the password: a record's own text would print it. */
  @Override
  public String toString() {
    return "AuscultSettings[" + (dbUrl == null ? "embedded" : "postgresql") + ", " + timeZone + "]";
  }
}
