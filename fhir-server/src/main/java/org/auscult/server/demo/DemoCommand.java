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
        "Start, load ten synthetic patients, open charts, order drugs, show the cards, stay up.",
    mixinStandardHelpOptions = true)
public final class DemoCommand implements Callable<Integer> {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Whoever pastes what is printed: another user than the demonstration's own. */
  private static final String READER = "Practitioner/reader";

  @Mixin private ServerOptions options = new ServerOptions();

  @Option(names = "--exit", description = "End after the tour.")
  private boolean exit;

  private final PrintStream out = System.out;
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
    settings.put("auscult.callers.authentication", "optional");
    ConfigurableApplicationContext server = options.start(Starter.LIVE, settings);
    root = ServerOptions.rootUrl(server);
    identities.runAt(root);
    calls = new DemoCalls(root, kept(ehr, server));
    for (String user : identities.users()) {
      calls.put("/fhir/Practitioner/demo-" + user, DemoIdentities.practitionerOf(user));
    }
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
    out.println();
    load(others, patients.subList(1, patients.size()));
    cards = tour(patients.subList(1, patients.size()), cards);
    if (cards == 0) {
      out.println("No card was shown; see the messages above.");
      return 1;
    }
    new WardTour(calls, out).walk();
    out.println();
    identities.print(out);
    tryNext(patients.get(0));
    if (!exit) {
      out.println("The server stays up; Ctrl-C stops it.");
      Thread.currentThread().join();
    }
    server.close();
    return 0;
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
          .execute(folder.toString(), "--history", "--no-resume", "--server", root + "/fhir");
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
      JsonNode cards =
          calls.cards("cvd-risk", calls.hook("patient-view", "Practitioner/demo", patient));
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

  private void tryNext(String patient) {
    String now = Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
    String earlier =
        Instant.now().minus(700, ChronoUnit.DAYS).truncatedTo(ChronoUnit.SECONDS).toString();
    String set = "https://auscult.org/fhir/Library/prevent-inputs%7C1.0.0";
    out.printf(
        """

        Try next:

          # what the server offers to an EHR
          curl %1$s/cds-services

          # open a chart, as a user who has not seen the card yet; again: the same call is a retry and shows the same card
          curl -X POST %1$s/cds-services/cvd-risk -H 'Content-Type: application/json' -d '%2$s'

          # the start of an encounter, and a drug order
          curl -X POST %1$s/cds-services/deterioration -H 'Content-Type: application/json' -d '%8$s'
          curl -X POST %1$s/cds-services/kidney-order-check -H 'Content-Type: application/json' -d '%9$s'

          # the features behind it, now and about two years ago
          curl '%1$s/fhir/Patient/%3$s/$features?featureSet=%4$s&at=%5$s'
          curl '%1$s/fhir/Patient/%3$s/$features?featureSet=%4$s&at=%6$s'

          # what the record says of cholesterol: when it was so, and when that was known
          curl -G '%1$s/fhir/Patient/%3$s/$timeline' --data-urlencode 'code=http://loinc.org|2093-3'

          # every prediction of this patient
          curl '%1$s/fhir/RiskAssessment?subject=Patient/%3$s'

          # tell the service what became of its card
          curl -i -X POST %1$s/cds-services/cvd-risk/feedback -H 'Content-Type: application/json' -d '{"feedback":[{"card":"%7$s","outcome":"overridden","outcomeTimestamp":"%5$s"}]}'

          # the model
          curl %1$s/fhir/Library/prevent-2023

          # what a SMART app must know, and an access token: of a user with a patient in context, and of a service
          curl %1$s/fhir/.well-known/smart-configuration
          curl -H "Authorization: Bearer $(./auscult token --user clinician --patient %3$s%10$s)" %1$s/fhir/Patient/%3$s
          curl -H "Authorization: Bearer $(./auscult token --client demo-service%10$s)" '%1$s/fhir/Patient?_count=1'

        """,
        root,
        calls.hook("patient-view", READER, patient),
        patient,
        set,
        now,
        earlier,
        answered,
        calls.encounterStart(READER, HandmadePatients.HIGH),
        calls.orders("order-sign", READER, HandmadePatients.STEADY, Order.METFORMIN),
        options.data().equals(Path.of(ServerOptions.USUAL_DATA))
            ? ""
            : " --data " + options.data());
  }
}
