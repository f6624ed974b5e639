package org.auscult.prove.roads;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.auscult.prove.Conditions;
import org.auscult.prove.FhirCalls;
import org.auscult.prove.Proof;
import org.auscult.prove.SamplePatients;
import org.auscult.prove.ServerProcess;
import org.auscult.prove.Verdict;

/**
 * One patient by every data road gives one card: prefetch whole, none, in part, in pages, with
 * errors in it. What must not be called is not, and the caller's token is nowhere but in the
 * requests to its FHIR server.
 */
public final class RoadsProof implements Proof {
  private static final int PAGE_OF_HISTORY = 2_000;

  /**
   * By which the server under test knows itself, so that its address in the network is another's.
   */
  private static final String OWN_BASE = "https://auscult.example.org/fhir";

  /** What hook calls write, at the least. */
  private static final Set<String> WRITTEN =
      Set.of("RiskAssessment", "Observation", "Provenance", "Patient");

  /** More than one page of the server under test. */
  private static final int MANY = 45;

  @Override
  public String name() {
    return "roads";
  }

  @Override
  public String about() {
    return "each road of a patient's data gives the same card; tokens and requests stay where due";
  }

  @Override
  public Verdict run(Conditions conditions) throws Exception {
    List<String> failures = new ArrayList<>();
    Path hosts = hosts();
    try (ProofEhr ehr = new ProofEhr();
        ProofEhr stranger = new ProofEhr();
        Gateway gateway = new Gateway();
        ServerProcess server =
            ServerProcess.start(conditions.db(), settings(ehr, stranger, gateway, hosts))) {
      FhirCalls http = server.calls();
      gateway.leadTo(http, OWN_BASE);
      HookCaller caller = new HookCaller(http, ehr);
      sameCards(http, caller, ehr, conditions, failures);
      serverAsEhr(http, gateway, caller, conditions, failures);
      String typical = typical(ehr);
      new Guards(caller, ehr, stranger, typical, conditions.out(), failures).check();
      token(server, http, caller, ehr, conditions.out(), failures);
    } finally {
      Files.delete(hosts);
    }
    return new Verdict(failures);
  }

  private static Map<String, String> settings(
      ProofEhr ehr, ProofEhr stranger, Gateway gateway, Path hosts) {
    return Map.of(
        "auscult.public-base-url",
        OWN_BASE,
        "auscult.caller-budget",
        "5s",
        "auscult.caller-fhir-servers",
        String.join(
            ",",
            ehr.base(),
            gateway.base(),
            Guards.named(Guards.NAME_OF_LOOPBACK, stranger),
            Guards.named(Guards.NAME_OF_LINK, stranger),
            Guards.named(Guards.NAME_OF_PRIVATE, stranger)),
        "jdk.net.hosts.file",
        hosts.toString());
  }

  /** All that the server under test can look up. */
  private static Path hosts() throws IOException {
    Path hosts = Files.createTempFile("auscult-hosts", "");
    Files.write(
        hosts,
        List.of(
            "127.0.0.1 localhost",
            "127.0.0.1 " + InetAddress.getLocalHost().getHostName(),
            "127.0.0.1 " + Guards.NAME_OF_LOOPBACK,
            "169.254.169.254 " + Guards.NAME_OF_LINK,
            "10.11.12.13 " + Guards.NAME_OF_PRIVATE));
    return hosts;
  }

  /** Someone for whom everything can be calculated. */
  private static String typical(ProofEhr ehr) {
    String id = "typical-" + UUID.randomUUID();
    ehr.store(
        SamplePatients.resource("Patient")
            .put("id", id)
            .put("gender", "female")
            .put("birthDate", "1970-01-01"));
    SamplePatients.typical(id).forEach(ehr::store);
    return id;
  }

  private static void sameCards(
      FhirCalls http, HookCaller caller, ProofEhr ehr, Conditions conditions, List<String> failures)
      throws IOException, InterruptedException {
    Random random = new Random(conditions.seed());
    SamplePatients samples = new SamplePatients(random);
    int patients = conditions.pick(5, 60);
    int numbers = 0;
    Map<String, Integer> requests = new LinkedHashMap<>();
    for (int i = 0; i < patients; i++) {
      String patient = "p" + i + "-" + UUID.randomUUID();
      samples.elsewhere(patient).forEach(ehr::store);
      orders(patient, random).forEach(ehr::store);
      Roads roads = new Roads(caller, ehr, patient, random);
      Map<String, ObjectNode> calls = roads.calls();
      String expected = "";
      for (Map.Entry<String, ObjectNode> road : calls.entrySet()) {
        int before = ehr.requests.size();
        roads.prepare(road.getKey());
        String seen = seen(http, caller.send(road.getValue()));
        requests.merge(road.getKey(), ehr.requests.size() - before, Integer::sum);
        if (expected.isEmpty()) {
          expected = seen;
          numbers += seen.contains("\"outputs\":[{") ? 1 : 0;
        } else if (!seen.equals(expected)) {
          failures.add(patient + " by " + road.getKey() + ": " + difference(expected, seen));
        }
      }
      ehr.pageSize = 1000;
    }
    conditions
        .out()
        .printf(
            "  %d patients, %d of them with a number, each by %d roads%n",
            patients, numbers, requests.size());
    requests.forEach(
        (road, count) -> conditions.out().printf("  %-46s %d requests to the EHR%n", road, count));
    requests.forEach(
        (road, count) -> {
          if ((count == 0) != road.equals(Roads.FULL)) {
            failures.add(road + ": " + count + " requests to the EHR");
          }
        });
    if (numbers < 2) {
      failures.add("only " + numbers + " patients had a number to compare");
    }
  }

  /**
   * The server under test as the EHR, with HAPI's searches, pages and includes: what is fetched
   * over HTTP, by another address than its own, gives what our own record gives.
   */
  private static void serverAsEhr(
      FhirCalls http,
      Gateway gateway,
      HookCaller caller,
      Conditions conditions,
      List<String> failures)
      throws IOException, InterruptedException {
    SamplePatients samples = new SamplePatients(new Random(conditions.seed() + 1));
    int numbers = 0;
    int patients = conditions.pick(2, 10);
    for (int i = 0; i < patients; i++) {
      String patient = i == 0 ? typical(http) : samples.create(http);
      for (int n = 0; n < MANY; n++) {
        ObjectNode old = SamplePatients.typical(patient).get(1).put("status", "final");
        old.remove("id");
        http.create(old.put("effectiveDateTime", "2019-01-01T00:00:" + (10 + n) + "Z"));
      }
      ObjectNode ours = caller.call(patient).put("fhirServer", OWN_BASE);
      ObjectNode fetched = caller.call(patient).put("fhirServer", gateway.base());
      String expected = shown(caller.send(ours));
      String seen = shown(caller.send(fetched)).replace(gateway.base() + "/", "");
      numbers += seen.contains("\"outputs\":[{") ? 1 : 0;
      if (!seen.equals(expected)) {
        failures.add("HAPI as the EHR: " + difference(expected, seen));
      }
    }
    conditions
        .out()
        .printf(
            "  %-46s %d patients, %d with a number%n",
            "fetched from HAPI, and in our own record", patients, numbers);
    if (numbers == 0) {
      failures.add("HAPI as the EHR: no patient had a number to compare");
    }
  }

  /** Someone in the server under test for whom everything can be calculated. */
  private static String typical(FhirCalls http) throws IOException, InterruptedException {
    String patient =
        http.create(
            SamplePatients.resource("Patient")
                .put("gender", "female")
                .put("birthDate", "1970-01-01"));
    for (ObjectNode observation : SamplePatients.typical(patient)) {
      observation.remove("id");
      http.create(observation);
    }
    return patient;
  }

  /** What a clinician sees, without what differs in each call. */
  private static String shown(FhirCalls.Answer answer) {
    StringBuilder shown = new StringBuilder("HTTP " + answer.status());
    if (answer.status() != 200) {
      shown.append(' ').append(HookCaller.reason(answer));
    }
    for (JsonNode card : answer.body().path("cards")) {
      ObjectNode why = card.at("/extension/org.auscult.explanation").deepCopy();
      String now = why.path("indexTime").asText();
      why.remove(List.of("call", "prediction", "indexTime", "unreadable"));
      shown.append('\n').append(card.path("summary").asText());
      shown.append('\n').append(why.toString().replace('"' + now + '"', "now"));
    }
    return shown.toString();
  }

  /** Around the first place where they differ. */
  private static String difference(String expected, String seen) {
    int at = 0;
    while (at < Math.min(expected.length(), seen.length())
        && expected.charAt(at) == seen.charAt(at)) {
      at++;
    }
    return around(seen, at) + " where due is " + around(expected, at);
  }

  private static String around(String text, int at) {
    return '"' + text.substring(Math.max(0, at - 60), Math.min(text.length(), at + 60)) + '"';
  }

  /** Orders that name their medication by reference, so that they need what is included. */
  private static List<ObjectNode> orders(String patient, Random random) {
    List<ObjectNode> all = new ArrayList<>();
    for (String rxnorm : List.of("617311", "314076", "198211")) {
      if (random.nextBoolean()) {
        ObjectNode drug = SamplePatients.resource("Medication").put("id", patient + "-" + rxnorm);
        drug.putObject("code")
            .putArray("coding")
            .addObject()
            .put("system", "http://www.nlm.nih.gov/research/umls/rxnorm")
            .put("code", rxnorm);
        ObjectNode order = SamplePatients.resource("MedicationRequest");
        order
            .put("id", patient + "-order-" + rxnorm)
            .put("status", "active")
            .put("intent", "order");
        order.put("authoredOn", "2025-01-05");
        order.putObject("subject").put("reference", "Patient/" + patient);
        order
            .putObject("medicationReference")
            .put("reference", "Medication/" + drug.path("id").asText());
        all.add(drug);
        all.add(order);
      }
    }
    return all;
  }

  /** What a clinician sees and what the record keeps, without what differs in each call. */
  private static String seen(FhirCalls http, FhirCalls.Answer answer)
      throws IOException, InterruptedException {
    StringBuilder seen = new StringBuilder(shown(answer));
    for (JsonNode card : answer.body().path("cards")) {
      JsonNode why = card.at("/extension/org.auscult.explanation");
      if (why.has("outputs")) {
        JsonNode risk = http.await("/fhir/RiskAssessment/" + why.path("prediction").asText());
        TreeSet<String> basis = new TreeSet<>();
        risk.path("basis").forEach(b -> basis.add(b.path("reference").asText()));
        seen.append('\n').append(basis);
        risk.path("prediction")
            .forEach(p -> seen.append(' ').append(p.path("probabilityDecimal").asText()));
        seen.append('\n').append(risk.at("/subject/reference").asText());
      }
    }
    return seen.toString();
  }

  /** It is in each request to the EHR's server, and in nothing that is written or answered. */
  private static void token(
      ServerProcess server,
      FhirCalls http,
      HookCaller caller,
      ProofEhr ehr,
      PrintStream out,
      List<String> failures)
      throws IOException, InterruptedException {
    long with = ehr.requests.stream().filter(r -> r.authorization() != null).count();
    out.printf("  %-46s %d, %d with a token%n", "requests to the EHR", ehr.requests.size(), with);
    if (with == 0) {
      failures.add("no request brought a token");
    }
    boolean inTarget = ehr.requests.stream().anyMatch(r -> r.target().contains(HookCaller.CANARY));
    if (inTarget) {
      failures.add("a token is in a URL");
    }
    caller.leaks().forEach(leak -> failures.add("a token came back in an answer: " + leak));
    String log = server.log();
    out.printf("  %-46s %d lines%n", "the server's log, searched for tokens", log.lines().count());
    if (log.contains(HookCaller.CANARY)) {
      failures.add("a token is in the log");
    }
    if (!log.contains("TOO_LARGE")) {
      failures.add("the log does not say that an answer was too large, so it may be another's log");
    }
    resources(http, out, failures);
    byte[] exported =
        server
            .callsAs("auditor")
            .exchange(HttpRequest.newBuilder(URI.create(server.root() + "/fhir/$audit-export")))
            .body();
    if (new String(exported, StandardCharsets.UTF_8).contains(HookCaller.CANARY)) {
      failures.add("a token is in the audit log");
    }
    files(server, caller, out, failures);
  }

  /** Every version of every type that the record holds. */
  private static void resources(FhirCalls http, PrintStream out, List<String> failures)
      throws IOException, InterruptedException {
    int searched = 0;
    TreeSet<String> types = new TreeSet<>();
    for (JsonNode offered : http.get("/fhir/metadata").body().at("/rest/0/resource")) {
      String type = offered.path("type").asText();
      // The audit log is searched as it is exported.
      int found = type.equals("AuditEvent") ? 0 : versions(http, type, failures);
      searched += found;
      if (found > 0) {
        types.add(type);
      }
    }
    out.printf(
        "  %-46s %d versions of %d types%n",
        "FHIR resources, searched for tokens", searched, types.size());
    if (!types.containsAll(WRITTEN)) {
      failures.add("of " + WRITTEN + " the history shows only " + types);
    }
  }

  private static int versions(FhirCalls http, String type, List<String> failures)
      throws IOException, InterruptedException {
    int searched = 0;
    String next = "/fhir/" + type + "/_history?_count=" + PAGE_OF_HISTORY;
    while (!next.isEmpty()) {
      FhirCalls.Answer page = http.get(next);
      searched += page.body().path("entry").size();
      // What no system may read at all, no system has written.
      boolean isClosed = page.status() == 403 && next.contains("/_history?");
      if (page.status() != 200 && !isClosed) {
        failures.add("the history of " + type + " is not shown: HTTP " + page.status());
      }
      if (page.body().toString().contains(HookCaller.CANARY)) {
        failures.add("a token is in a resource");
      }
      next = "";
      for (JsonNode link : page.body().path("link")) {
        if (link.path("relation").asText().equals("next")) {
          // Its links begin with the address that is configured, where nobody listens here.
          String url = link.path("url").asText();
          next = url.substring(url.indexOf("/fhir"));
        }
      }
    }
    return searched;
  }

  /**
   * The database's file, the journal in it. Decrypted, it shows the calls' ids, so that it can be
   * searched; as it lies on the disk it shows none.
   */
  private static void files(
      ServerProcess server, HookCaller caller, PrintStream out, List<String> failures)
      throws IOException {
    List<Path> files = server.dataFiles();
    if (files.isEmpty()) {
      out.println("  the database is elsewhere: its files are not searched");
      return;
    }
    long bytes = 0;
    int found = 0;
    for (Path file : files) {
      String raw = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
      String text = new String(server.content(file), StandardCharsets.ISO_8859_1);
      bytes += text.length();
      if (caller.instances().stream().anyMatch(raw::contains)) {
        failures.add(file.getFileName() + " shows calls' ids on the disk: it is not encrypted");
      }
      found += (int) caller.instances().stream().filter(text::contains).count();
      if (text.contains(HookCaller.CANARY)) {
        failures.add("a token is in the database's file " + file.getFileName());
      }
    }
    out.printf(
        "  %-46s %d MB, %d of %d calls found%n",
        "the database's files, searched for tokens",
        bytes / 1_000_000,
        found,
        caller.instances().size());
    if (found == 0) {
      failures.add("no call is found in the database's files, so they were not searched");
    }
  }
}
