package org.auscult.server.demo;

import java.io.IOException;
import java.net.ConnectException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.auscult.server.serve.ServerOptions;
import org.auscult.server.token.DemoIdentities;
import org.auscult.server.token.TokenRequest;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Prints an access token of the running demonstration. */
@Command(
    name = "token",
    description = {
      "Print an access token of the running demo, got from its token endpoint:",
      "curl -H \"Authorization: Bearer $(./auscult token --user clinician)\" ..."
    },
    mixinStandardHelpOptions = true)
public final class TokenCommand implements Callable<Integer> {
  /** Whose token. */
  static final class Holder {
    @Option(names = "--user", paramLabel = "NAME", description = "A user of the demo.")
    private @Nullable String user;

    @Option(names = "--client", paramLabel = "NAME", description = "A backend service of the demo.")
    private @Nullable String client;
  }

  @ArgGroup(multiplicity = "1")
  private Holder holder = new Holder();

  @Option(
      names = "--scope",
      description = "Scopes, separated by spaces (default: all that a user or service may have).")
  private @Nullable String scope;

  @Option(names = "--patient", paramLabel = "ID", description = "The patient in context.")
  private @Nullable String patient;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      defaultValue = ServerOptions.USUAL_DATA,
      description = "Folder of the demo's data (default: ${DEFAULT-VALUE}).")
  private Path data = Path.of(ServerOptions.USUAL_DATA);

  @Override
  public Integer call() throws InterruptedException {
    try {
      System.out.println(token(DemoIdentities.read(data)));
      return 0;
    } catch (NoSuchFileException e) {
      System.err.println("There is no demo in " + data + ". Start one: ./auscult demo");
    } catch (ConnectException e) {
      System.err.println("The demo does not run. Start it: ./auscult demo");
    } catch (TokenRequest.RefusedException e) {
      System.err.println(e.getMessage());
    } catch (IOException e) {
      System.err.println("No token could be had: " + e);
    }
    return 1;
  }

  private String token(DemoIdentities identities) throws IOException, InterruptedException {
    TokenRequest request = new TokenRequest(identities);
    if (holder.client != null) {
      if (!identities.client(holder.client).has("key")) {
        throw new TokenRequest.RefusedException(
            "The demo's service is called " + DemoIdentities.SERVICE);
      }
      return request.ofClient(holder.client, scope == null ? "system/*.cruds" : scope);
    }
    String user = String.valueOf(holder.user);
    if (identities.user(user).isMissingNode()) {
      throw new TokenRequest.RefusedException(
          "The demo's users are " + String.join(", ", identities.users()));
    }
    String usual =
        patient == null
            ? "openid fhirUser user/*.cruds"
            : "openid fhirUser launch/patient patient/*.cruds";
    return request.ofUser(user, scope == null ? usual : scope, patient);
  }
}
