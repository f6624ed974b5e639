package org.auscult.server.client;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.text.ParseException;
import java.util.List;
import java.util.Optional;
import org.auscult.server.config.SecretFile;
import org.auscult.server.serve.ServerOptions;
import org.auscult.server.token.BackendService;
import org.auscult.server.token.DemoIdentities;
import org.auscult.server.token.TokenFile;
import org.auscult.server.token.TokenSource;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/**
 * Options of commands that ask a FHIR server: who asks. No token is an option, since everybody on a
 * machine can read the options of its processes.
 */
final class Access {
  /** What to do when a server does not take what it was sent. */
  static final String HELP =
      "Give --client ID --key FILE of a backend service that the server knows, or --token-file FILE"
          + " or AUSCULT_TOKEN with a token that counts there. Beside a demonstration its own"
          + " service is used: --data DIR";

  private static final String TOKEN_VARIABLE = "AUSCULT_TOKEN";

  @Option(
      names = "--client",
      paramLabel = "ID",
      description = "Backend service of SMART as which to ask; goes with --key.")
  private @Nullable String client;

  @Option(
      names = "--key",
      paramLabel = "FILE",
      description = "Its private key, P-384 or RSA, as a JWK.")
  private @Nullable Path key;

  @Option(
      names = "--scope",
      paramLabel = "SCOPES",
      defaultValue = BackendService.USUAL_SCOPE,
      description = "Scopes that it asks for (default: ${DEFAULT-VALUE}).")
  private String scope = BackendService.USUAL_SCOPE;

  @Option(
      names = "--token-file",
      paramLabel = "FILE",
      description =
          "An access token; read again when it ends. Or AUSCULT_TOKEN in the environment.")
  private @Nullable Path tokenFile;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      defaultValue = ServerOptions.USUAL_DATA,
      description = {
        "Folder of the demonstration's data, as whose service to ask when nothing else is given",
        "and it is the one that runs at --server (default: ${DEFAULT-VALUE})."
      })
  private Path data = Path.of(ServerOptions.USUAL_DATA);

  /** These options are of no use. */
  static final class UnusableException extends Exception {
    private static final long serialVersionUID = 1;

    UnusableException(String message) {
      super(message);
    }
  }

  /**
   * Whose tokens to send to a server.
   *
   * @param server its FHIR base URL
   */
  TokenSource to(String server) throws UnusableException {
    if ((client == null) != (key == null)) {
      throw new UnusableException("--client and --key belong together");
    }
    if (client != null && tokenFile != null) {
      throw new UnusableException("--client and --token-file exclude each other");
    }
    if (client != null && key != null) {
      return new BackendService(server, client, read(key), scope);
    }
    if (tokenFile != null) {
      requireSecret(tokenFile, "--token-file");
      return new TokenFile(tokenFile);
    }
    String given = System.getenv(TOKEN_VARIABLE);
    return given == null || given.isBlank() ? demo(server) : fixed(given.strip());
  }

  private static TokenSource fixed(String token) {
    return new TokenSource() {
      @Override
      public String token() {
        return token;
      }

      @Override
      public String anew() {
        return token;
      }
    };
  }

  /** The demonstration's own service, if it runs there. */
  private TokenSource demo(String server) throws UnusableException {
    try {
      DemoIdentities identities = DemoIdentities.read(data);
      return sameRoot(server, identities.root() + "/fhir")
          ? new BackendService(
              server, DemoIdentities.SERVICE, identities.key(DemoIdentities.SERVICE), scope)
          : TokenSource.NONE;
    } catch (NoSuchFileException e) {
      return TokenSource.NONE;
    } catch (IOException e) {
      throw new UnusableException("The demonstration in " + data + " cannot be read");
    }
  }

  private static boolean sameRoot(String one, String other) {
    return plain(one).equals(plain(other));
  }

  private static String plain(String url) {
    return url.replaceFirst("/+$", "")
        .replaceFirst("^http://localhost(?=[:/])", "http://127.0.0.1");
  }

  private static JWK read(Path file) throws UnusableException {
    requireSecret(file, "--key");
    try {
      String text = Files.readString(file);
      List<JWK> keys =
          text.contains("\"keys\"") ? JWKSet.parse(text).getKeys() : List.of(JWK.parse(text));
      List<JWK> own = keys.stream().filter(JWK::isPrivate).toList();
      if (own.size() == 1) {
        return own.get(0);
      }
    } catch (IOException | ParseException e) {
      // Its message may hold parts of the key.
      throw new UnusableException("--key: " + file + " is no JWK");
    }
    throw new UnusableException("--key: " + file + " holds not just one private key");
  }

  private static void requireSecret(Path file, String option) throws UnusableException {
    Optional<String> problem = SecretFile.problem(file, option);
    if (problem.isPresent()) {
      throw new UnusableException(problem.get());
    }
  }
}
