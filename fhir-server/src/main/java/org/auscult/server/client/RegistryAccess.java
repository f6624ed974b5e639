package org.auscult.server.client;

import java.io.IOException;
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

  @Option(
      names = "--server",
      paramLabel = "URL",
      defaultValue = "http://127.0.0.1:8080",
      description = "Root of the server (default: ${DEFAULT-VALUE}).")
  private String server = "http://127.0.0.1:8080";

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
        "Folder of the demonstration's data, as whose administrator to ask when nothing else is",
        "given and it is the one that runs at --server (default: ${DEFAULT-VALUE})."
      })
  private Path data = Path.of(ServerOptions.USUAL_DATA);

  RegistryHttp http() throws IOException, InterruptedException {
    String root = server.replaceFirst("(/fhir)?/*$", "");
    return new RegistryHttp(root, token(root));
  }

  private String token(String root) throws IOException, InterruptedException {
    if (tokenFile != null) {
      Optional<String> problem = SecretFile.problem(tokenFile, "--token-file");
      if (problem.isPresent()) {
        throw new RegistryHttp.RefusedException(problem.get());
      }
      return Files.readString(tokenFile).strip();
    }
    String given = System.getenv(TOKEN_VARIABLE);
    return given == null || given.isBlank() ? ofDemo(root) : given.strip();
  }

  private String ofDemo(String root) throws IOException, InterruptedException {
    try {
      DemoIdentities identities = DemoIdentities.read(data);
      String local = root.replaceFirst("^http://localhost(?=:|$)", "http://127.0.0.1");
      if (identities.root().equals(local)) {
        return new TokenRequest(identities).ofUser(ADMINISTRATOR, SCOPE, null);
      }
    } catch (NoSuchFileException e) {
      // There is none: said below.
    }
    throw new RegistryHttp.RefusedException(
        "Give --token-file FILE or AUSCULT_TOKEN with an administrator's access token of "
            + root
            + " that has the scope "
            + SCOPE
            + ". Beside a demonstration its own administrator is used: --data DIR");
  }
}
