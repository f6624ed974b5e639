package org.auscult.server.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.auscult.cds.hook.HookSettings;
import org.auscult.server.caller.DemonstrationEhr;
import org.auscult.server.client.LoadCommand;
import org.auscult.server.config.AuscultSettings.Starter;
import org.auscult.server.serve.ServerOptions;
import org.auscult.server.simulation.SimulateCommand;
import org.auscult.server.token.BackendService;
import org.auscult.server.token.DemoIdentities;
import org.springframework.context.ConfigurableApplicationContext;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Starts a server, loads synthetic patients, opens their charts and shows the cards. */
@Command(
    name = "demo",
    description =
        "Start, load ten synthetic patients, open charts, order drugs, show the cards, live a year in"
            + " short, stay up.",
    mixinStandardHelpOptions = true)
public final class DemoCommand implements Callable<Integer> {
  private static final ObjectMapper JSON = new ObjectMapper();

  @Mixin private ServerOptions options = new ServerOptions();

  @Option(names = "--exit", description = "End after the tour.")
  private boolean exit;

  @Option(
      names = "--no-year",
      description = "Leave out the simulated year (./auscult simulate) at the end of the tour.")
  private boolean noYear;

  private final PrintStream out = System.out;

  /** Cards are shown again only to who has not seen them: so each start has users of its own. */
  private final long visit = Instant.now().getEpochSecond();

  private DemoCalls calls = DemoCalls.NOBODYS;
  private String root = "";
  private String answered = "";

  @Override
  public Integer call() throws IOException, InterruptedException {
    out.println("Auscult: starting the server ...");
    DemoIdentities identities = DemoIdentities.in(options.data());
    DemonstrationEhr ehr = DemonstrationEhr.of(options.data());
    Map<String, Object> settings = new HashMap<>(identities.properties());
    settings.putAll(ehr.settings());
    ConfigurableApplicationContext server = options.start(Starter.LIVE, settings);
    root = ServerOptions.rootUrl(server);
    identities.runAt(root);
    calls = new DemoCalls(root, kept(ehr, server), service(identities));
    LocalDate yesterday = LocalDate.now(ZoneOffset.UTC).minusDays(1);
    DemoPatients slice = new DemoPatients(yesterday);
    Path first = Files.createTempDirectory("auscult-demo");
    Path others = Files.createTempDirectory("auscult-demo");
    slice.write(first, others);
    List<String> patients = slice.ids();
    out.printf(
        "Loading ten synthetic patients (Synthea), one first; their dates are moved by %d days, so"
            + " that their history ends yesterday ...%n",
        slice.shiftedBy());
    load(first, patients.subList(0, 1));
    int cards = tour(patients.subList(0, 1), 0);
    for (String user : identities.users()) {
      calls.put("/fhir/Practitioner/demo-" + user, DemoIdentities.practitionerOf(user));
    }
    out.println();
    load(others, patients.subList(1, patients.size()));
    cards = tour(patients.subList(1, patients.size()), cards);
    if (cards == 0) {
      out.println("No card was shown; see the messages above.");
      return 1;
    }
    new WardTour(calls, out, user("demo")).walk();
    out.println();
    if (!noYear) {
      SimulateCommand.tellInShort(out);
      out.println();
    }
    identities.print(out);
    out.print(
        new TryNext(root, options.data(), calls, patients.get(0), answered, user("reader")).text());
    if (!exit) {
      out.println("The server stays up; Ctrl-C stops it.");
      Thread.currentThread().join();
    }
    server.close();
    return 0;
  }

  private String user(String name) {
    return "Practitioner/" + name + "-" + visit;
  }

  private BackendService service(DemoIdentities identities) throws IOException {
    return new BackendService(
        root + "/fhir",
        DemoIdentities.SERVICE,
        identities.key(DemoIdentities.SERVICE),
        BackendService.USUAL_SCOPE);
  }

  /**
   * Callers know the server by its configured address, which need not be the one that it opened.
   */
  private DemonstrationEhr kept(DemonstrationEhr ehr, ConfigurableApplicationContext server)
      throws IOException {
    String known = server.getBean(HookSettings.class).clients().plain().publicBaseUrl();
    return ehr.keep(options.data(), known == null ? root : known);
  }

  private void load(Path folder, List<String> patients) throws IOException, InterruptedException {
    if (areHere(patients)) {
      out.printf("%d of the patients are here already.%n", patients.size());
    } else {
      new CommandLine(new LoadCommand())
          .execute(
              folder.toString(),
              "--history",
              "--no-resume",
              "--server",
              root + "/fhir",
              "--data",
              options.data().toString());
    }
    try (var files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(folder);
  }

  private boolean areHere(List<String> patients) throws IOException, InterruptedException {
    String ids = String.join(",", patients);
    String count = calls.get("/fhir/Patient?_summary=count&_id=" + ids).body();
    return JSON.readTree(count).path("total").asInt() == patients.size();
  }

  /** Opens the charts of patients; returns how many cards were shown so far. */
  private int tour(List<String> patients, int before) throws IOException, InterruptedException {
    int shown = before;
    for (String patient : patients) {
      JsonNode cards = calls.cards("cvd-risk", calls.hook("patient-view", user("demo"), patient));
      out.printf("%nA chart is opened: Patient/%s%n", patient);
      if (cards.isEmpty()) {
        out.println("  No card: below the threshold, or the model is not for this patient.");
      }
      for (JsonNode card : cards) {
        out.print(PlainCard.of(card));
        if (shown++ == 0) {
          long up = ManagementFactory.getRuntimeMXBean().getUptime();
          out.printf("  (first card %.1f s after the start of this process)%n", up / 1000.0);
          stored(card);
          feedback(card);
        }
      }
    }
    return shown;
  }

  /** Where the prediction stands as FHIR, once it has been written. */
  private void stored(JsonNode card) throws IOException, InterruptedException {
    String prediction =
        card.path("extension").path("org.auscult.explanation").path("prediction").asText();
    String entry = prediction.substring(0, prediction.indexOf('.'));
    for (int i = 0;
        i < 50 && calls.get("/fhir/RiskAssessment/" + prediction).statusCode() != 200;
        i++) {
      Thread.sleep(100);
    }
    out.println("  It stays in the record as:");
    for (String id :
        List.of(
            "RiskAssessment/" + prediction,
            "Observation/" + prediction + ".explanation",
            "Provenance/" + entry + ".provenance")) {
      out.printf("    %s/fhir/%s  (%d)%n", root, id, calls.get("/fhir/" + id).statusCode());
    }
  }

  private void feedback(JsonNode card) throws IOException, InterruptedException {
    ObjectNode body = JSON.createObjectNode();
    ObjectNode answer = body.putArray("feedback").addObject();
    answer.put("card", card.path("uuid").asText());
    answer.put("outcome", "overridden");
    answer.put("outcomeTimestamp", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
    answer.putObject("overrideReason").set("reason", card.path("overrideReasons").path(0));
    HttpResponse<String> response = calls.post("/cds-services/cvd-risk/feedback", body);
    out.printf(
        "  The clinician answers \"%s\": HTTP %d%n",
        card.path("overrideReasons").path(0).path("display").asText("overridden"),
        response.statusCode());
    answered = card.path("uuid").asText();
  }
}
