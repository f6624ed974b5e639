package org.auscult.prove.hospital;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.auscult.prove.FhirCalls;
import org.auscult.prove.Processes;
import org.auscult.prove.SamplePatients;
import org.auscult.prove.StartedServer;
import org.auscult.server.Auscult;
import org.jspecify.annotations.Nullable;

/**
 * Our server with two hospitals of one operator, each with patients and a clinician, and an EHR,
 * the ward, that calls hooks. Ended with its data when closed.
 */
public final class TwoHospitals implements AutoCloseable {
  /** The CDS client whose keys the server knows. */
  public static final String WARD = "https://ward.example.org";

  /** A second one. */
  public static final String CLINIC = "https://clinic.example.org";

  /** A patient-view service. */
  public static final String SERVICE = "/cds-services/cvd-risk";

  /** Tokens that live longer than that are got anew. */
  private static final Duration RENEW = Duration.ofSeconds(35);

  private record Kept(String token, Instant got) {}

  private final StartedServer server;
  private final Wire wire;
  private final Staff staff;
  private final KeyOf wardKey;
  private final KeyOf clinicKey;
  private final Map<String, Kept> tokens = new HashMap<>();
  private final String tag = Long.toHexString(System.nanoTime());
  private Person north;
  private Person south;

  private TwoHospitals(StartedServer server, Staff staff, KeyOf wardKey, KeyOf clinicKey) {
    this.server = server;
    this.wire = new Wire(server.root());
    this.staff = staff;
    this.wardKey = wardKey;
    this.clinicKey = clinicKey;
    this.north = new Person("", "", "", "", "", "", "");
    this.south = north;
  }

  /**
   * Starts the server and admits the patients.
   *
   * @param db PostgreSQL URL; null for an embedded database
   * @param decoys clinicians at whose names somebody may guess
   * @param settings further ones
   */
  public static TwoHospitals open(@Nullable String db, int decoys, Map<String, String> settings)
      throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory("auscult-prove");
    Staff staff = new Staff(decoys);
    staff.write(folder.resolve("registry.json"));
    KeyOf ward = KeyOf.make("ward-1", "ES384");
    KeyOf clinic = KeyOf.make("clinic-1", "RS384");
    Map<String, String> all = new LinkedHashMap<>();
    all.put("auscult.access.enforced", "true");
    all.put("auscult.access.single-site", "false");
    all.put("auscult.authorization-server.enabled", "true");
    all.put("auscult.authorization-server.registry", folder.resolve("registry.json").toString());
    all.put("auscult.callers.authentication", "required");
    all.put("auscult.clients.ward.issuer", WARD);
    all.put("auscult.clients.ward.keys", "{\"keys\":[" + ward.publicJwk() + "]}");
    all.put("auscult.clients.clinic.issuer", CLINIC);
    all.put("auscult.clients.clinic.keys", "{\"keys\":[" + clinic.publicJwk() + "]}");
    all.put("auscult.starter", "live");
    all.putAll(settings);
    List<String> options = new ArrayList<>();
    all.forEach((key, value) -> options.add("-D" + key + "=" + value));
    List<String> arguments =
        new ArrayList<>(List.of("serve", "--data", folder.resolve("data").toString()));
    if (db != null) {
      arguments.addAll(List.of("--db", db));
    }
    List<String> command = Processes.command(options, Auscult.class, arguments);
    StartedServer server = StartedServer.ready(folder, command);
    TwoHospitals hospitals = new TwoHospitals(server, staff, ward, clinic);
    try {
      hospitals.admit();
      return hospitals;
    } catch (IOException | RuntimeException e) {
      hospitals.close();
      throw e;
    }
  }

  private void admit() throws IOException {
    for (String site : List.of("north", "south")) {
      put(SamplePatients.resource("Organization").put("id", site).put("name", site));
    }
    for (String name : List.of(Staff.NORA, Staff.SVEN)) {
      ObjectNode practitioner = SamplePatients.resource("Practitioner").put("id", name);
      practitioner.putArray("name").addObject().put("family", name);
      put(practitioner);
    }
    north = person("north", "Nordlicht" + tag, "137.31");
    south = person("south", "Zwetschgenmus" + tag, "138.72");
    north = north.predicted(predict(north));
    south = south.predicted(predict(south));
  }

  private Person person(String site, String family, String value) throws IOException {
    ObjectNode patient = SamplePatients.resource("Patient").put("id", site + "-" + tag);
    patient.put("gender", "female");
    patient.put("birthDate", LocalDate.now(ZoneOffset.UTC).minusYears(56).minusDays(9).toString());
    patient.putArray("name").addObject().put("family", family).putArray("given").add("Given");
    patient
        .putArray("identifier")
        .addObject()
        .put("system", "https://ids.example.org")
        .put("value", "mrn-" + family);
    patient.putObject("managingOrganization").put("reference", "Organization/" + site);
    put(patient);
    String id = patient.path("id").asText();
    String first = "";
    for (ObjectNode each : SamplePatients.typical(id)) {
      each.put("id", site + "-" + each.path("id").asText() + "-" + tag);
      if (first.isEmpty()) {
        first = each.path("id").asText();
        ObjectNode quantity = (ObjectNode) each.path("valueQuantity");
        quantity.put("value", new BigDecimal(value));
        each.putArray("note").addObject().put("text", family);
      }
      put(each);
    }
    ObjectNode encounter = SamplePatients.resource("Encounter").put("id", site + "-enc-" + tag);
    encounter.put("status", "in-progress");
    encounter
        .putObject("class")
        .put("system", "http://terminology.hl7.org/CodeSystem/v3-ActCode")
        .put("code", "IMP");
    encounter.putObject("subject").put("reference", "Patient/" + id);
    encounter.putObject("serviceProvider").put("reference", "Organization/" + site);
    put(encounter);
    ObjectNode binary = SamplePatients.resource("Binary").put("id", site + "-bin-" + tag);
    binary.put("contentType", "text/plain").put("data", "WndldHNjaGdlbm11cw==");
    binary.putObject("securityContext").put("reference", "Patient/" + id);
    put(binary);
    return new Person(
        id, family, value, first, encounter.path("id").asText(), binary.path("id").asText(), "");
  }

  /** Opens the chart as the ward's EHR would; the id of the RiskAssessment. */
  private String predict(Person person) throws IOException {
    Reply reply = wire.send(Ask.json(SERVICE, chart(person)).bearer(hookToken(SERVICE)));
    if (reply.status() != 200) {
      throw new IOException("A right hook call was answered with HTTP " + reply.status());
    }
    for (int i = 0; i < 100; i++) {
      JsonNode found = found("RiskAssessment?subject=" + person.reference(), service()).path(0);
      if (found.has("id")) {
        return found.path("id").asText();
      }
      sleep();
    }
    throw new IOException("The prediction of a hook call is not in the record");
  }

  private static void sleep() throws IOException {
    try {
      Thread.sleep(100);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("Interrupted", e);
    }
  }

  private void put(ObjectNode resource) throws IOException {
    String target = resource.path("resourceType").asText() + "/" + resource.path("id").asText();
    Reply reply = wire.send(Ask.fhir("PUT", "/fhir/" + target, resource).bearer(service()));
    if (reply.status() != 201 && reply.status() != 200) {
      throw new IOException(target + " was not stored: HTTP " + reply.status());
    }
  }

  /** A call of {@link #SERVICE} for a patient of ours. */
  public ObjectNode chart(Person person) {
    return SamplePatients.chart(wire.root(), person.id(), UUID.randomUUID().toString());
  }

  /** How it is reached. */
  public Wire wire() {
    return wire;
  }

  /** Who works there. */
  public Staff staff() {
    return staff;
  }

  /** A patient of the north. */
  public Person north() {
    return north;
  }

  /** A patient of the south. */
  public Person south() {
    return south;
  }

  /** The ward's key. */
  public KeyOf wardKey() {
    return wardKey;
  }

  /** The clinic's key. */
  public KeyOf clinicKey() {
    return clinicKey;
  }

  /** A fresh browser at an address of this machine. */
  public Browser browser(String from) {
    return new Browser(wire, staff, from);
  }

  /** A token of a user for everything that the role allows, without a patient. */
  public String token(String user) throws IOException {
    return token(user, "openid fhirUser user/*.cruds", null);
  }

  /** A token of a user. */
  public synchronized String token(String user, String scope, @Nullable String patient)
      throws IOException {
    String key = user + " " + scope + " " + patient;
    Kept kept = tokens.get(key);
    if (kept == null || Instant.now().isAfter(kept.got.plus(RENEW))) {
      JsonNode answer = grant(Staff.ROUNDS, user, scope, patient).json();
      kept = new Kept(answer.path("access_token").asText(), Instant.now());
      tokens.put(key, kept);
    }
    return kept.token;
  }

  /** What the token endpoint answers to a user's fresh code. */
  public Reply grant(String client, String user, String scope, @Nullable String patient)
      throws IOException {
    Browser browser = browser("127.0.0.1");
    if (!Browser.isSignedIn(browser.signIn(user))) {
      throw new IOException(user + " was not signed in");
    }
    String verifier = Browser.random();
    Reply reply = browser.authorize(browser.request(client, scope, verifier), patient);
    String code = Browser.code(reply);
    Reply answer = wire.send(Ask.form("/oauth2/token", Browser.exchange(client, code, verifier)));
    if (answer.status() != 200) {
      throw new IOException("No token for " + user + ": " + answer.error());
    }
    return answer;
  }

  /** A token of the service of the whole operator. */
  public synchronized String service() throws IOException {
    Kept kept = tokens.get(Staff.NIGHTLY);
    if (kept == null || Instant.now().isAfter(kept.got.plus(RENEW))) {
      Reply reply = wire.send(assertion(assertion(Staff.NIGHTLY).compact(), "system/*.cruds"));
      if (reply.status() != 200) {
        throw new IOException("No token for a service: " + reply.error());
      }
      kept = new Kept(reply.json().path("access_token").asText(), Instant.now());
      tokens.put(Staff.NIGHTLY, kept);
    }
    return kept.token;
  }

  /** Forgets the tokens it keeps. */
  public synchronized void forget() {
    tokens.clear();
  }

  /** A request for a service's token. */
  public static Ask assertion(String assertion, String scope) {
    Map<String, String> form = new LinkedHashMap<>();
    form.put("grant_type", "client_credentials");
    form.put("scope", scope);
    form.put("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer");
    form.put("client_assertion", assertion);
    return Ask.form("/oauth2/token", form);
  }

  /** A right assertion of a service. */
  public Jwt assertion(String service) {
    KeyOf key = staff.key(service);
    ObjectNode claims = claims(service, wire.root() + "/oauth2/token").put("sub", service);
    return Jwt.of(header(key).toString(), claims.toString(), key.signer());
  }

  /** A right token of the ward for one call. */
  public String hookToken(String path) {
    return hookJwt(path).compact();
  }

  /** The same in its parts. */
  public Jwt hookJwt(String path) {
    ObjectNode claims = claims(WARD, wire.root() + path);
    return Jwt.of(header(wardKey).toString(), claims.toString(), wardKey.signer());
  }

  /** The header of a right JWT. */
  public static ObjectNode header(KeyOf key) {
    ObjectNode header = FhirCalls.JSON.createObjectNode();
    return header.put("alg", key.algorithm()).put("typ", "JWT").put("kid", key.id());
  }

  /** The claims of a right JWT. */
  public static ObjectNode claims(String issuer, String audience) {
    long now = Instant.now().getEpochSecond();
    ObjectNode claims = FhirCalls.JSON.createObjectNode();
    claims.put("iss", issuer).put("aud", audience).put("jti", UUID.randomUUID().toString());
    return claims.put("iat", now).put("exp", now + 120);
  }

  /** A search's matches. */
  public ArrayNode found(String search, String token) throws IOException {
    ArrayNode found = FhirCalls.JSON.createArrayNode();
    for (JsonNode entry :
        wire.send(Ask.get("/fhir/" + search).bearer(token)).json().path("entry")) {
      found.add(entry.path("resource"));
    }
    return found;
  }

  /** Random addresses of this machine. */
  public static String address(Random random) {
    return "127."
        + (1 + random.nextInt(250))
        + "."
        + random.nextInt(250)
        + "."
        + (1 + random.nextInt(250));
  }

  /** The server's process. */
  public long pid() {
    return server.pid();
  }

  /** The server's log. */
  public String log() throws IOException {
    return server.log();
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
