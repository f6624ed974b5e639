package org.auscult.server.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Keeps the applications and services that a running server's authorization server knows. */
@Command(
    name = "client",
    description = "Keep the applications and services of a running server, as an administrator.",
    mixinStandardHelpOptions = true)
public final class ClientCommand {
  private static final String CLIENTS = "clients";

  /** What is only told of one. */
  private static final List<String> TOLD = List.of("origin", "version");

  @Spec private @Nullable CommandSpec spec;

  @Command(name = "list", description = "List them.", mixinStandardHelpOptions = true)
  int list(@Mixin RegistryAccess access) throws InterruptedException {
    return RegistryCommands.run(
        spec,
        out -> {
          List<JsonNode> clients = access.http().all(CLIENTS);
          out.printf("%-24s %-10s %-10s %-8s %s%n", "ID", "TYPE", "KEPT BY", "STATE", "SCOPES");
          for (JsonNode client : clients) {
            out.printf(
                "%-24s %-10s %-10s %-8s %s%n",
                client.path("id").asText(),
                client.path("type").asText().toLowerCase(Locale.ROOT),
                client.path("origin").asText(),
                client.path("disabled").asBoolean() ? "disabled" : "active",
                client.path("scopes").asText());
          }
        });
  }

  @Command(
      name = "add",
      description = {
        "Register the one in a JSON file, of the form of the registry file's clients. A symmetric",
        "client's secret is made by the server and printed here, once."
      },
      mixinStandardHelpOptions = true)
  int add(@Mixin RegistryAccess access, @Parameters(paramLabel = "FILE") Path file)
      throws InterruptedException {
    return RegistryCommands.run(spec, out -> tell(out, access.http().create(CLIENTS, read(file))));
  }

  @Command(
      name = "set",
      description = "Put what stands in a JSON file in the place of what is registered.",
      mixinStandardHelpOptions = true)
  int set(@Mixin RegistryAccess access, @Parameters(paramLabel = "FILE") Path file)
      throws InterruptedException {
    return RegistryCommands.run(
        spec,
        out -> {
          JsonNode client = read(file);
          String id = client.path("id").asText();
          RegistryHttp http = access.http();
          http.change(CLIENTS, id, http.get(CLIENTS, id), client);
          out.println("Changed: " + id);
        });
  }

  private static JsonNode read(Path file) throws RegistryHttp.RefusedException {
    try {
      JsonNode read = RegistryHttp.JSON.readTree(Files.readAllBytes(file));
      if (read.isObject()) {
        return read;
      }
    } catch (IOException e) {
      throw new RegistryHttp.RefusedException(file + " cannot be read as JSON");
    }
    throw new RegistryHttp.RefusedException(file + " holds no client");
  }

  @Command(
      name = "disable",
      description = "Let one get tokens no more; what was granted to it ends at once.",
      mixinStandardHelpOptions = true)
  int disable(@Mixin RegistryAccess access, @Parameters(paramLabel = "ID") String id)
      throws InterruptedException {
    return RegistryCommands.setDisabled(spec, access, CLIENTS, id, TOLD, true);
  }

  @Command(
      name = "enable",
      description = "Let one get tokens again.",
      mixinStandardHelpOptions = true)
  int enable(@Mixin RegistryAccess access, @Parameters(paramLabel = "ID") String id)
      throws InterruptedException {
    return RegistryCommands.setDisabled(spec, access, CLIENTS, id, TOLD, false);
  }

  @Command(
      name = "rotate",
      description = "Make another secret and print it, once; the former counts no more.",
      mixinStandardHelpOptions = true)
  int rotate(@Mixin RegistryAccess access, @Parameters(paramLabel = "ID") String id)
      throws InterruptedException {
    return RegistryCommands.run(
        spec,
        out ->
            tell(
                out,
                access.http().post(CLIENTS, id, "secret", RegistryHttp.JSON.createObjectNode())));
  }

  private static void tell(PrintWriter out, JsonNode client) {
    out.println("Registered: " + client.path("id").asText());
    if (client.has("secret")) {
      out.println("Its secret, which nobody can read again:");
      out.println(client.path("secret").asText());
    }
  }
}
