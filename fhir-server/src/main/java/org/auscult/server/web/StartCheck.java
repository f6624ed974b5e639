package org.auscult.server.web;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.auscult.server.config.Exposure;
import org.auscult.server.config.SecretFile;
import org.auscult.server.config.StartRefused;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;

/**
 * Looks at the settings before anything starts, and refuses those that are not safe, all problems
 * at once. A demonstration starts all the same, and says them; but on a network not even that is
 * open to whoever does not show who they are.
 *
 * <p>What only this machine can reach may go without TLS, without a key of its own and, if it is
 * told so, without tokens.
 */
final class StartCheck {
  private static final Logger LOG = LoggerFactory.getLogger(StartCheck.class);
  private static final Set<String> TLS_VERSIONS = Set.of("TLSv1.3", "TLSv1.2");
  private static final Set<String> OPEN_ENDPOINTS = Set.of("health", "prometheus");

  private final Environment environment;
  private final List<String> problems = new ArrayList<>();
  private final List<String> open = new ArrayList<>();

  private StartCheck(Environment environment) {
    this.environment = environment;
  }

  /**
   * Returns if the server may start.
   *
   * @throws StartRefused if it may not
   */
  static void pass(Environment environment) {
    StartCheck check = of(environment);
    List<String> problems = check.all();
    if (problems.isEmpty()) {
      return;
    }
    if (!check.open.isEmpty() || !environment.getProperty("auscult.demo", Boolean.class, false)) {
      throw new StartRefused(problems);
    }
    problems.forEach(problem -> LOG.warn("!!! Unsafe, for a demonstration only: {}", problem));
  }

  /** Everything that is not safe; each sentence says what to do. */
  static List<String> problems(Environment environment) {
    return of(environment).all();
  }

  private static StartCheck of(Environment environment) {
    StartCheck check = new StartCheck(environment);
    check.everywhere();
    if (Exposure.of(environment) == Exposure.NETWORK) {
      check.everybodyIsAsked();
      check.onTheNetwork();
    }
    return check;
  }

  private List<String> all() {
    return Stream.concat(problems.stream(), open.stream()).toList();
  }

  /** Who calls must show who they are, at the FHIR API and at the hooks of each client. */
  private void everybodyIsAsked() {
    if (!environment.getProperty("auscult.access.enforced", Boolean.class, true)) {
      open.add(
          "Other machines can reach this server without an access token: take"
              + " auscult.access.enforced=false away");
    }
    requireTokens("auscult.callers.authentication");
    Binder.get(environment)
        .bind("auscult.clients", Bindable.mapOf(String.class, Object.class))
        .orElse(Map.of())
        .keySet()
        .forEach(client -> requireTokens("auscult.clients." + client + ".authentication"));
  }

  private void requireTokens(String key) {
    String set = value(key);
    if (set != null && !set.equalsIgnoreCase("required")) {
      open.add(
          "Other machines can call hooks without showing who they are, and are shown patients'"
              + " predictions: take "
              + key
              + "="
              + set
              + " away");
    }
  }

  private void everywhere() {
    tlsFiles();
    for (String secret :
        List.of(
            "auscult.keys.master-key-file",
            "auscult.keys.former-master-key-file",
            "auscult.db-password-file",
            TlsEnvironment.PRIVATE_KEY)) {
      String file = value(secret);
      if (file != null) {
        SecretFile.problem(Path.of(file), secret).ifPresent(problems::add);
      }
    }
    List<String> old =
        list(TlsEnvironment.PROTOCOLS, TlsEnvironment.DEFAULT_PROTOCOLS).stream()
            .filter(version -> !TLS_VERSIONS.contains(version))
            .toList();
    if (!old.isEmpty()) {
      problems.add(TlsEnvironment.PROTOCOLS + " takes TLSv1.3 and TLSv1.2, nothing older");
    }
    database();
  }

  private void tlsFiles() {
    boolean hasCertificate = value(TlsEnvironment.CERTIFICATE) != null;
    boolean hasKey = value(TlsEnvironment.PRIVATE_KEY) != null;
    if (hasCertificate != hasKey) {
      problems.add(
          TlsEnvironment.CERTIFICATE
              + " and "
              + TlsEnvironment.PRIVATE_KEY
              + " belong together; one of them is missing");
    }
    for (String key : List.of(TlsEnvironment.CERTIFICATE, TlsEnvironment.CLIENT_CERTIFICATES)) {
      String file = value(key);
      if (file != null && !Path.of(file).toFile().canRead()) {
        problems.add(key + ": " + file + " is not a file that this server can read");
      }
    }
  }

  private void database() {
    String url = value("auscult.db-url");
    if (url == null) {
      return;
    }
    PostgresUrl database = new PostgresUrl(url);
    boolean isTrusted = is("auscult.db-network-trusted");
    if (database.isRemote() && !database.isEncrypted() && !isTrusted) {
      problems.add(
          "The database is reached over a network without TLS: add sslmode=verify-full to"
              + " auscult.db-url, or, where something else encrypts the way, set"
              + " auscult.db-network-trusted=true");
    }
    boolean isExposed = database.isRemote() || Exposure.of(environment) == Exposure.NETWORK;
    if (database.isPostgres() && isExposed) {
      password(database);
    }
  }

  private void password(PostgresUrl database) {
    String user = database.user() == null ? value("auscult.db-user") : database.user();
    String password =
        database.password() == null ? value("auscult.db-password") : database.password();
    if (value("auscult.db-password-file") != null) {
      return;
    }
    if (password == null) {
      if (!database.hasClientCertificate()) {
        problems.add("The database user has no password: set auscult.db-password-file");
      }
    } else if (password.equals(user) || isWellKnown(password)) {
      problems.add("The database's password is one that everybody tries first: change it");
    }
  }

  private static boolean isWellKnown(String password) {
    return Set.of(
            "postgres", "password", "admin", "changeme", "secret", "auscult", "hapi", "123456")
        .contains(password.toLowerCase(Locale.ROOT));
  }

  private void onTheNetwork() {
    boolean hasTls = TlsEnvironment.isOn(environment) || TlsEnvironment.isBehindProxy(environment);
    if (!hasTls) {
      problems.add(
          "Other machines can reach this server without TLS: set "
              + TlsEnvironment.CERTIFICATE
              + " and "
              + TlsEnvironment.PRIVATE_KEY
              + ", or, where a proxy before it ends TLS, "
              + TlsEnvironment.BEHIND_PROXY
              + "=true, or listen on 127.0.0.1");
    }
    if (value("auscult.keys.master-key-file") == null && value("AUSCULT_MASTER_KEY") == null) {
      problems.add(
          "There is no master key: give it as auscult.keys.master-key-file, or in the environment"
              + " as AUSCULT_MASTER_KEY ('openssl rand -base64 32' makes one)");
    }
    String publicBaseUrl = value("auscult.public-base-url");
    if (publicBaseUrl == null || !publicBaseUrl.startsWith("https://")) {
      problems.add(
          "auscult.public-base-url must say the https:// address by which callers know this"
              + " server's FHIR API");
    }
    if ("live".equalsIgnoreCase(value("auscult.starter"))) {
      problems.add(
          "auscult.starter=live shows cards that nobody let go live: it is for demonstrations");
    }
    if (is("spring.h2.console.enabled")) {
      problems.add("spring.h2.console.enabled=true opens the database to everybody");
    }
    boolean isOpen =
        list("management.endpoints.web.exposure.include", "").stream()
            .anyMatch(endpoint -> !OPEN_ENDPOINTS.contains(endpoint));
    if (isOpen) {
      problems.add(
          "management.endpoints.web.exposure.include opens more than health and prometheus, which"
              + " tells secrets");
    }
  }

  private @Nullable String value(String key) {
    return TlsEnvironment.value(environment, key);
  }

  private boolean is(String key) {
    return environment.getProperty(key, Boolean.class, false);
  }

  private List<String> list(String key, String otherwise) {
    return Arrays.stream(environment.getProperty(key, otherwise).split(","))
        .map(String::strip)
        .filter(text -> !text.isEmpty())
        .toList();
  }
}
