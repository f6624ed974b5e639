package org.auscult.server.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Keeps the users of a running server's authorization server. */
@Command(
    name = "user",
    description = {
      "Keep the users of a running server, as an administrator. Passwords are set by the persons",
      "themselves, by a link that counts once, within a day."
    },
    mixinStandardHelpOptions = true)
public final class UserCommand {
  private static final String USERS = "users";

  /** What is only told of one. */
  private static final List<String> TOLD = List.of("id", "secondFactor", "origin", "version");

  @Spec private @Nullable CommandSpec spec;

  /** What is said of a user. */
  static final class Profile {
    @Option(
        names = "--role",
        split = ",",
        paramLabel = "ROLE",
        description = "Roles, such as clinician; repeat it, or separate them by commas.")
    private List<String> roles = List.of();

    @Option(
        names = "--site",
        split = ",",
        paramLabel = "ID",
        description = "Ids of the Organizations where the person works.")
    private List<String> sites = List.of();

    @Option(names = "--display-name", paramLabel = "TEXT", description = "The name for people.")
    private @Nullable String displayName;

    @Option(
        names = "--fhir-user",
        paramLabel = "REFERENCE",
        description = "The person's resource, such as Practitioner/1.")
    private @Nullable String fhirUser;

    /** Only what was given changes. */
    void over(ObjectNode user) {
      if (!roles.isEmpty()) {
        roles.forEach(user.putArray("roles")::add);
      }
      if (!sites.isEmpty()) {
        sites.forEach(user.putArray("sites")::add);
      }
      if (displayName != null) {
        user.put("displayName", displayName);
      }
      if (fhirUser != null) {
        user.put("fhirUser", fhirUser);
      }
    }
  }

  @Command(name = "list", description = "List them.", mixinStandardHelpOptions = true)
  int list(@Mixin RegistryAccess access) throws InterruptedException {
    return RegistryCommands.run(
        spec,
        out -> {
          List<JsonNode> users = access.http().all(USERS);
          out.printf("%-24s %-10s %-8s %s%n", "NAME", "KEPT BY", "STATE", "ROLES, SITES");
          for (JsonNode user : users) {
            out.printf(
                "%-24s %-10s %-8s %s @ %s%n",
                user.path("name").asText(),
                user.path("origin").asText(),
                user.path("disabled").asBoolean() ? "disabled" : "active",
                texts(user.path("roles")),
                texts(user.path("sites")));
          }
        });
  }

  private static String texts(JsonNode list) {
    return StreamSupport.stream(list.spliterator(), false)
        .map(JsonNode::asText)
        .collect(Collectors.joining(","));
  }

  @Command(
      name = "add",
      description = "Add one, and print the link by which the person sets a password.",
      mixinStandardHelpOptions = true)
  int add(
      @Mixin RegistryAccess access,
      @Mixin Profile profile,
      @Parameters(paramLabel = "NAME", description = "By which the person signs in.") String name)
      throws InterruptedException {
    return RegistryCommands.run(
        spec,
        out -> {
          ObjectNode user = RegistryHttp.JSON.createObjectNode().put("name", name);
          profile.over(user);
          tell(out, access.http().create(USERS, user));
        });
  }

  @Command(
      name = "set",
      description = "Change roles, sites or names; what is not given stays.",
      mixinStandardHelpOptions = true)
  int set(
      @Mixin RegistryAccess access,
      @Mixin Profile profile,
      @Parameters(paramLabel = "NAME") String name)
      throws InterruptedException {
    return RegistryCommands.run(
        spec,
        out -> {
          RegistryHttp http = access.http();
          RegistryHttp.Read read = http.get(USERS, name);
          ObjectNode user = read.body().deepCopy().remove(TOLD);
          profile.over(user);
          http.change(USERS, name, read, user);
          out.println("Changed: " + name);
        });
  }

  @Command(
      name = "disable",
      description = "Let one sign in no more; what was granted in that name ends at once.",
      mixinStandardHelpOptions = true)
  int disable(@Mixin RegistryAccess access, @Parameters(paramLabel = "NAME") String name)
      throws InterruptedException {
    return RegistryCommands.setDisabled(spec, access, USERS, name, TOLD, true);
  }

  @Command(name = "enable", description = "Let one sign in again.", mixinStandardHelpOptions = true)
  int enable(@Mixin RegistryAccess access, @Parameters(paramLabel = "NAME") String name)
      throws InterruptedException {
    return RegistryCommands.setDisabled(spec, access, USERS, name, TOLD, false);
  }

  @Command(
      name = "reset",
      description = {
        "Take the password away, and print the link by which the person sets another."
      },
      mixinStandardHelpOptions = true)
  int reset(
      @Mixin RegistryAccess access,
      @Option(
              names = "--second-factor",
              description = "The person sets up another second factor too.")
          boolean secondFactor,
      @Parameters(paramLabel = "NAME") String name)
      throws InterruptedException {
    return RegistryCommands.run(
        spec,
        out ->
            tell(
                out,
                access
                    .http()
                    .post(
                        USERS,
                        name,
                        "password-link",
                        RegistryHttp.JSON.createObjectNode().put("secondFactor", secondFactor))));
  }

  private static void tell(PrintWriter out, JsonNode answer) throws IOException {
    out.println("Give this link to the person alone; it counts once, until");
    out.println(answer.path("passwordLinkUntil").asText() + ":");
    out.println(answer.path("passwordLink").asText());
  }
}
