package org.auscult.prove.smart;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.auscult.prove.Conditions;
import org.auscult.prove.Conditions.Length;
import org.auscult.prove.Processes;
import org.auscult.prove.Proof;
import org.auscult.prove.Sources;
import org.auscult.prove.StartedServer;
import org.auscult.prove.Verdict;
import org.auscult.server.Auscult;

/**
 * The public client library for SMART (fhirclient) completes standalone and EHR launch in a real
 * browser, against our server with enforcement on and two sites; HAPI's client completes Backend
 * Services. In whole form tokens are also waited for until they expire.
 *
 * <p>{@code AUSCULT_BROWSER} names the browser, {@code AUSCULT_SCREENSHOTS} a folder for pictures
 * of each page in a normal and a narrow window.
 */
public final class SmartProof implements Proof {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String INTENT = "reconcile-medications";

  @Override
  public String name() {
    return "smart";
  }

  @Override
  public String about() {
    return "public SMART clients launch in a browser and as backend services, and get no further";
  }

  @Override
  public Verdict run(Conditions conditions) throws Exception {
    String prefix = "smart-" + conditions.seed() + "-";
    TwoSites sites = new TwoSites(prefix, conditions.seed());
    Registry registry = new Registry(prefix);
    try (BrowserRun browser =
        BrowserRun.in(Sources.folder().resolve("benchmarks").resolve("smart-app"))) {
      Path folder = Files.createTempDirectory("auscult-smart");
      Path users = registry.write(folder, sites.north(), browser.app());
      try (StartedServer server = StartedServer.ready(folder, command(folder, users, conditions))) {
        return prove(server.root(), browser, registry, sites, conditions);
      }
    }
  }

  private static Verdict prove(
      String root, BrowserRun browser, Registry registry, TwoSites sites, Conditions conditions)
      throws IOException, InterruptedException {
    BackendCases backend = new BackendCases(root + "/fhir", registry, sites);
    backend.write();
    List<String> failures = new ArrayList<>();
    ObjectNode given = given(root, registry, sites, conditions);
    given
        .putObject("launch")
        .put("url", backend.launch(INTENT))
        .put("encounter", sites.encounter())
        .put("intent", INTENT);
    browser.run(given, conditions.out(), failures);
    failures.addAll(backend.run(conditions));
    return new Verdict(failures);
  }

  private static List<String> command(Path folder, Path users, Conditions conditions) {
    List<String> options =
        new ArrayList<>(
            List.of(
                "-Dauscult.access.enforced=true",
                "-Dauscult.access.leeway=0s",
                "-Dauscult.authorization-server.enabled=true",
                "-Dauscult.authorization-server.registry=" + users));
    if (conditions.length() == Length.WHOLE) {
      options.add("-Dauscult.authorization-server.access-token-life=1m");
    }
    List<String> arguments =
        new ArrayList<>(List.of("serve", "--data", folder.resolve("data").toString()));
    if (conditions.db() != null) {
      arguments.addAll(List.of("--db", conditions.db()));
    }
    return Processes.command(options, Auscult.class, arguments);
  }

  private static ObjectNode given(
      String root, Registry registry, TwoSites sites, Conditions conditions) {
    ObjectNode given = JSON.createObjectNode().put("root", root);
    given.put("client", Registry.APP).put("clientName", Registry.APP_NAME);
    given.put("whole", conditions.length() == Length.WHOLE);
    given.putObject("users").set("clinician", registry.clinician.json());
    given.withObject("/users").set("second", registry.second.json());
    given.set("patients", sites.json());
    String shots = System.getenv("AUSCULT_SCREENSHOTS");
    if (shots != null) {
      given.put("shots", Path.of(shots).toAbsolutePath().toString());
    }
    return given;
  }
}
