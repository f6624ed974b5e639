package org.auscult.server.client;

import java.io.IOException;
import java.net.ConnectException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import org.auscult.server.config.SecretFile;
import org.auscult.server.serve.ServerOptions;
import org.auscult.server.token.DemoIdentities;
import org.auscult.server.token.TokenRequest;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/**
 * Options of commands that keep users and clients: which server, and as which administrator. No
 * token is an option, since everybody on a machine can read the options of its processes.
 */
final class RegistryAccess {
  private static final String TOKEN_VARIABLE = "AUSCULT_TOKEN";
  private static final String SCOPE = "auscult/registry";
  private static final String ADMINISTRATOR = "administrator";
  private static final String USUAL_SERVER = "http://127.0.0.1:8080";

  @Option(
      names = "--server",
      paramLabel = "URL",
      description = {
        "Root of the server (default: with a token "
            + USUAL_SERVER
            + ", else the demonstration's own)."
      })
  private @Nullable String server;

  @Option(
      names = "--token-file",
      paramLabel = "FILE",
      description =
          "An administrator's access token of that server with the scope auscult/registry. Or"
              + " AUSCULT_TOKEN in the environment.")
  private @Nullable Path tokenFile;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      defaultValue = ServerOptions.USUAL_DATA,
      description = {
        "Folder of the demonstration's data, as whose administrator to ask when no token is given",
        "(default: ${DEFAULT-VALUE})."
      })
  private Path data = Path.of(ServerOptions.USUAL_DATA);

  RegistryHttp http() throws IOException, InterruptedException {
    Optional<String> given = given();
    if (given.isPresent()) {
      return new RegistryHttp(root(server == null ? USUAL_SERVER : server), given.get());
    }
    return ofDemo();
  }

  private static String root(String url) {
    return url.replaceFirst("(/fhir)?/*$", "");
  }

  private Optional<String> given() throws IOException {
    if (tokenFile != null) {
      Optional<String> problem = SecretFile.problem(tokenFile, "--token-file");
      if (problem.isPresent()) {
        throw new RegistryHttp.RefusedException(problem.get());
      }
      return Optional.of(Files.readString(tokenFile).strip());
    }
    return Optional.ofNullable(System.getenv(TOKEN_VARIABLE))
        .map(String::strip)
        .filter(token -> !token.isEmpty());
  }

  /** The demonstration of the folder, wherever it listens; but no other server by mistake. */
  private RegistryHttp ofDemo() throws IOException, InterruptedException {
    try {
      DemoIdentities identities = DemoIdentities.read(data);
      String root = identities.root();
      if (server == null || isSame(root(server), root)) {
        String token = new TokenRequest(identities).ofUser(ADMINISTRATOR, SCOPE, null);
        return new RegistryHttp(root, token);
      }
    } catch (NoSuchFileException e) {
      // There is none: said below.
    } catch (ConnectException e) {
      throw new RegistryHttp.RefusedException(
          "The demonstration in " + data + " does not run. Start it: ./auscult demo");
    }
    throw new RegistryHttp.RefusedException(
        "Give --token-file FILE or AUSCULT_TOKEN with an administrator's access token of "
            + root(server == null ? USUAL_SERVER : server)
            + " that has the scope "
            + SCOPE
            + ". Beside a demonstration its own administrator is used: --data DIR");
  }

  private static boolean isSame(String asked, String root) {
    return asked.replaceFirst("^http://localhost(?=:|$)", "http://127.0.0.1").equals(root);
  }
}
