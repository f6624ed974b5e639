package org.auscult.server.auth;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.auscult.access.Role;
import org.auscult.server.auth.client.RegistryFile;
import org.auscult.server.client.ClientCommand;
import org.auscult.server.client.UserCommand;
import org.auscult.server.token.DemoIdentities;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** What {@code auscult user} and {@code auscult client} do, against the running server. */
class RegistryCommandsTest extends RegistrySteps {
  @TempDir Path folder = Path.of("");

  /** Exit code, and all that was printed. */
  private record Ended(int code, String text) {}

  private Ended run(Object command, String... arguments) throws Exception {
    Path file = folder.resolve("token");
    Files.deleteIfExists(file);
    Files.createFile(
        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(file, token + "\n");
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--server", rootUrl() + "/fhir", "--token-file", file.toString()));
    StringWriter out = new StringWriter();
    int code =
        new CommandLine(command)
            .setOut(new PrintWriter(out))
            .setErr(new PrintWriter(out))
            .execute(all.toArray(String[]::new));
    return new Ended(code, out.toString());
  }

  private static String linkIn(Ended ended) {
    return ended.text().lines().filter(line -> line.startsWith("http")).findFirst().orElseThrow();
  }

  @Test
  void aUserIsAddedChangedDisabledAndReset() throws Exception {
    Ended added =
        run(
            new UserCommand(),
            "add",
            name,
            "--role",
            "clinician,reviewer",
            "--site",
            "north",
            "--display-name",
            "Dr Line");
    assertThat(added.code()).as(added.text()).isZero();
    SmartBrowser browser = browser();
    browser.submit(browser.get(linkIn(added)), "again", "password", PASSWORD, "again", PASSWORD);
    assertThat(browser.login(name, PASSWORD).body()).contains("You are signed in", "Dr Line");

    assertThat(run(new UserCommand(), "set", name, "--role", "clinician").code()).isZero();
    assertThat(run(new UserCommand(), "list").text())
        .containsPattern(name + " +api +active +clinician @ north");
    assertThat(run(new UserCommand(), "disable", name).code()).isZero();
    assertThat(run(new UserCommand(), "list").text()).containsPattern(name + " +api +disabled");
    assertThat(run(new UserCommand(), "enable", name).code()).isZero();

    SmartBrowser signedIn = browser();
    signedIn.login(name, PASSWORD);
    assertThat(SmartBrowser.callback(signedIn.get(authorize("quiet-app", "user/*.rs"))))
        .containsKey("code");
    Ended reset = run(new UserCommand(), "reset", name, "--second-factor");
    assertThat(browser().get(linkIn(reset)).body()).contains("authenticator app");
    assertThat(signedIn.get(authorize("quiet-app", "user/*.rs")).headers().firstValue("Location"))
        .hasValueSatisfying(to -> assertThat(to).endsWith("/login"));
  }

  @Test
  void aClientIsAddedChangedAndItsSecretReplaced() throws Exception {
    ObjectNode client = JSON.createObjectNode().put("id", name).put("name", "Line");
    client.put("type", "symmetric").put("scopes", "user/*.rs");
    client.putArray("redirectUris").add(REDIRECT);
    Path file = folder.resolve("client.json");
    Files.writeString(file, client.toString());

    Ended added = run(new ClientCommand(), "add", file.toString());
    assertThat(added.code()).as(added.text()).isZero();
    assertThat(added.text()).contains("secret");
    Files.writeString(file, client.put("scopes", "user/Patient.rs").toString());
    assertThat(run(new ClientCommand(), "set", file.toString()).code()).isZero();
    assertThat(run(new ClientCommand(), "disable", name).code()).isZero();
    assertThat(run(new ClientCommand(), "list").text())
        .containsPattern(name + " +symmetric +api +disabled +user/Patient.rs");
    assertThat(clients.find(name)).isEmpty();
    assertThat(run(new ClientCommand(), "enable", name).code()).isZero();
    Ended rotated = run(new ClientCommand(), "rotate", name);
    assertThat(rotated.text().lines().reduce((a, b) -> b).orElseThrow()).hasSizeGreaterThan(40);
  }

  @Test
  void besideADemonstrationItsOwnServerIsAsked() throws Exception {
    DemoIdentities.in(folder).runAt(rootUrl());
    RegistryFile.apply(
        folder.resolve("demo-registry.json"),
        Set.of(Role.ADMINISTRATOR, Role.APPROVER, Role.PRIVACY_OFFICER),
        users,
        clients);

    Ended listed = plain("list", "--data", folder.toString());
    assertThat(listed.text()).startsWith("NAME").containsPattern("clinician +file +active");
    assertThat(listed.code()).isZero();
    Ended other = plain("list", "--data", folder.toString(), "--server", "http://127.0.0.1:9");
    assertThat(other.code()).isEqualTo(1);
    assertThat(other.text()).contains("--token-file").doesNotContain("NAME");
    DemoIdentities.read(folder).runAt("http://127.0.0.1:9");
    assertThat(plain("list", "--data", folder.toString()).text())
        .contains("does not run")
        .doesNotContain("NAME");
    assertThat(plain("list", "--data", folder.resolve("none").toString()).text())
        .contains("--token-file");
  }

  /** Without a server and a token. */
  private static Ended plain(String... arguments) {
    StringWriter out = new StringWriter();
    int code =
        new CommandLine(new UserCommand())
            .setOut(new PrintWriter(out))
            .setErr(new PrintWriter(out))
            .execute(arguments);
    return new Ended(code, out.toString());
  }

  @Test
  void whatTheServerRefusesIsSaidAndEndsWithOne() throws Exception {
    Ended unknown = run(new UserCommand(), "disable", "nobody-of-this-name");
    assertThat(unknown.code()).isEqualTo(1);
    assertThat(unknown.text()).contains("There is none of this name");
    assertThat(run(new UserCommand(), "add", name, "--role", "wizard").text())
        .contains("No role is called");
    Path file = folder.resolve("none.json");
    Files.writeString(file, "[]");
    assertThat(run(new ClientCommand(), "add", file.toString()).code()).isEqualTo(1);

    Path open = folder.resolve("open-token");
    Files.writeString(open, token);
    Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rw-r--r--"));
    StringWriter err = new StringWriter();
    int code =
        new CommandLine(new UserCommand())
            .setErr(new PrintWriter(err))
            .execute("list", "--server", rootUrl(), "--token-file", open.toString());
    assertThat(code).isEqualTo(1);
    assertThat(err.toString()).contains("--token-file").doesNotContain(token);
  }
}
