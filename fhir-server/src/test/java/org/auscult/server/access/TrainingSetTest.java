package org.auscult.server.access;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.auscult.server.access.TokenHolder.Answer;
import org.hl7.fhir.r4.model.BooleanType;
import org.hl7.fhir.r4.model.CanonicalType;
import org.hl7.fhir.r4.model.Consent;
import org.hl7.fhir.r4.model.Consent.ConsentProvisionType;
import org.hl7.fhir.r4.model.Consent.ConsentState;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.DateType;
import org.hl7.fhir.r4.model.Enumerations.AdministrativeGender;
import org.hl7.fhir.r4.model.Group;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Observation.ObservationStatus;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.StringType;
import org.junit.jupiter.api.Test;

/** Data sets over HTTP: what is in them, for whom, and who is not. */
class TrainingSetTest extends AccessOverHttp {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String SET = "https://auscult.org/fhir/Library/ckd-epi-inputs|1.0.0";
  private static final int MOST_POLLS = 240;

  @Override
  void storeMore() {
    for (String name : List.of("n1", "n2", "refuses", "labelled", "s1")) {
      Patient patient = new Patient();
      patient.setManagingOrganization(
          new Reference("Organization/" + id(name.startsWith("s") ? "south" : "north")));
      patient.addName().setFamily("Fam" + getClass().getSimpleName());
      patient.setGender(AdministrativeGender.FEMALE);
      patient.setBirthDateElement(new DateType("1960-02-03"));
      patient.setId(id(name));
      put(patient);
      put(creatinine(name, name.equals("n1") ? "1.1" : "0.9"));
    }
    Observation labelled = creatinine("labelled", "2.0");
    labelled.setId(id("secret"));
    labelled.getMeta().addSecurity("http://terminology.hl7.org/CodeSystem/v3-ActCode", "PSY", null);
    put(labelled);
    Consent refusal = new Consent().setStatus(ConsentState.ACTIVE);
    refusal.setId(id("refusal"));
    refusal
        .getScope()
        .addCoding()
        .setSystem("http://terminology.hl7.org/CodeSystem/consentscope")
        .setCode("research");
    refusal.addCategory().addCoding().setSystem("http://loinc.org").setCode("59284-0");
    refusal.setPatient(new Reference("Patient/" + id("refuses")));
    refusal.getPolicyRule().addCoding().setCode("OPTOUT");
    refusal.getProvision().setType(ConsentProvisionType.DENY);
    put(refusal);
    Group group = new Group();
    group.setId(id("group"));
    group.setType(Group.GroupType.PERSON).setActual(true);
    for (String name : List.of("n1", "n2", "refuses", "labelled", "s1")) {
      group.addMember().setEntity(new Reference("Patient/" + id(name)));
    }
    put(group);
  }

  private Observation creatinine(String patient, String value) {
    Observation observation = new Observation();
    observation.setId(id("creatinine-" + patient));
    observation.setStatus(ObservationStatus.FINAL);
    observation.setSubject(new Reference("Patient/" + id(patient)));
    observation.getCode().addCoding().setSystem("http://loinc.org").setCode("2160-0");
    observation.setEffective(DateTimeType.now());
    observation.setValue(
        new Quantity()
            .setValue(new BigDecimal(value))
            .setUnit("mg/dL")
            .setSystem("http://unitsofmeasure.org")
            .setCode("mg/dL"));
    return observation;
  }

  /** A pipeline of the north. */
  private TokenHolder pipeline() {
    return system()
        .with(
            c ->
                c.subject("pipeline")
                    .claim("client_id", "pipeline")
                    .claim("sites", List.of(id("north")))
                    .claim("purpose", List.of("HRESCH")))
        .scope("system/*.rs");
  }

  private Parameters request(String... namesAndValues) {
    Map<String, List<String>> all = new LinkedHashMap<>();
    all.put("name", List.of("kidneys-" + getClass().getSimpleName().toLowerCase()));
    all.put("cohort", List.of("Group/" + id("group")));
    all.put("target", List.of("Group/" + id("group")));
    all.put("index", List.of("list"));
    all.put("featureSet", List.of(SET));
    all.put("format", List.of("csv"));
    for (int i = 0; i < namesAndValues.length; i += 2) {
      all.put(namesAndValues[i], List.of(namesAndValues[i + 1].split(" ")));
    }
    Parameters request = new Parameters();
    all.forEach(
        (name, values) -> {
          for (String value : values) {
            if (!value.isEmpty()) {
              request.addParameter(name, new StringType(value));
            }
          }
        });
    return request;
  }

  private HttpResponse<String> start(TokenHolder who, Parameters request) {
    return TokenHolder.answer(
        who.request("$training-set")
            .header("Prefer", "respond-async")
            .header("Content-Type", "application/fhir+json")
            .POST(BodyPublishers.ofString(json(request))));
  }

  private static String poll(HttpResponse<String> started) {
    assertThat(started.statusCode()).as(started.body()).isEqualTo(202);
    return started.headers().firstValue("Content-Location").orElseThrow();
  }

  private static JsonNode finished(TokenHolder who, String poll)
      throws InterruptedException, IOException {
    for (int i = 0; i < MOST_POLLS; i++) {
      HttpResponse<String> answer = TokenHolder.answer(who.request(poll).GET());
      if (answer.statusCode() == 200) {
        return JSON.readTree(answer.body());
      }
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
      assertThat(answer.headers().firstValue("X-Progress")).isPresent();
      assertThat(answer.headers().firstValue("Retry-After")).isPresent();
      Thread.sleep(100);
    }
    throw new AssertionError("The data set was not made");
  }

  private static String now() {
    return Instant.now().truncatedTo(ChronoUnit.MILLIS).toString();
  }

  private JsonNode made(Parameters request) throws InterruptedException, IOException {
    return finished(pipeline(), poll(start(pipeline(), request)));
  }

  private String content(JsonNode made, String suffix) throws Exception {
    StringBuilder all = new StringBuilder();
    for (JsonNode file : made.path("output")) {
      if (file.path("name").asText().endsWith(suffix)) {
        Answer answer = pipeline().get(file.path("url").asText());
        assertThat(answer.status()).isEqualTo(200);
        byte[] hash =
            MessageDigest.getInstance("SHA-256")
                .digest(answer.body().getBytes(StandardCharsets.UTF_8));
        assertThat(HexFormat.of().formatHex(hash)).isEqualTo(file.path("sha256").asText());
        all.append(answer.body());
      }
    }
    return all.toString();
  }

  /** Safety: 29. The vector of each row is what {@code $features} answers as of its time. */
  @Test
  void holdsTheVectorsThatAreServedOnline() throws Exception {
    String at = now();
    JsonNode made = made(request("time", at, "missing", "reasons", "format", "csv ndjson"));

    String csv = content(made, ".csv");
    assertThat(csv)
        .contains("patient,encounter,index_time,split,")
        .contains(id("n1"), id("n2"))
        .doesNotContain(id("refuses"), id("labelled"), id("s1"));
    for (String line : content(made, ".ndjson").split("\n")) {
      JsonNode row = JSON.readTree(line);
      Answer online =
          system()
              .get(
                  "Patient/"
                      + row.path("patient").asText()
                      + "/$features?featureSet="
                      + SET
                      + "&at="
                      + row.path("index_time").asText());
      assertThat(online.status()).as(online.body()).isEqualTo(200);
      Parameters vector =
          fhirContext.newJsonParser().parseResource(Parameters.class, online.body());
      vector.getParameter().stream()
          .filter(p -> p.getName().equals("feature"))
          .forEach(feature -> compare(feature, row));
    }
  }

  private static void compare(Parameters.ParametersParameterComponent feature, JsonNode row) {
    String name = "";
    Double value = null;
    for (Parameters.ParametersParameterComponent part : feature.getPart()) {
      if (part.getName().equals("name")) {
        name = part.getValue().primitiveValue();
      } else if (part.getName().equals("value") && part.getValue() instanceof Quantity quantity) {
        value = quantity.getValue().doubleValue();
      } else if (part.getName().equals("value") && part.getValue() instanceof BooleanType truth) {
        value = truth.booleanValue() ? 1.0 : 0.0;
      }
    }
    assertThat(row.has(name)).as(name).isTrue();
    assertThat(row.path(name).isNull() ? null : row.path(name).doubleValue())
        .as(name)
        .isEqualTo(value);
    assertThat(row.path(name + "__missing").isNull()).isEqualTo(value != null);
  }

  /** Labels are as of the cut: here nobody can say yet. */
  @Test
  void labelsRowsByAnOutcomeAndNamesTheirSource() throws Exception {
    JsonNode made =
        made(
            request(
                "time",
                now(),
                "outcome",
                "https://auscult.org/fhir/Library/outcome-potassium-above-6|1.0.0"));

    JsonNode manifest = made.path("extension").path("manifest");
    assertThat(manifest.path("label").path("source").asText()).isEqualTo("outcome");
    assertThat(manifest.path("definitions").get(0).path("role").asText()).isEqualTo("outcome");
    assertThat(manifest.path("definitions").get(0).path("sha256").asText()).hasSize(64);
    int censored = 0;
    for (JsonNode count : manifest.path("counts").path("labels")) {
      censored += count.asInt();
    }
    String csv = content(made, ".csv");
    assertThat(csv).contains(",split,label,label_status,label_time,").contains(",,censored,");
    assertThat(censored).isEqualTo(2);
  }

  /** Governance: 9. Who refuses research is left out and counted; who is elsewhere is not told. */
  @Test
  void leavesOutWhoRefusesWhoIsProtectedAndWhoIsElsewhere() throws Exception {
    JsonNode manifest = made(request("time", now())).path("extension").path("manifest");

    Map<String, Integer> excluded = new LinkedHashMap<>();
    manifest
        .path("exclusions")
        .path("patients")
        .forEach(e -> excluded.put(e.path("reason").asText(), e.path("count").asInt()));
    assertThat(excluded).isEqualTo(Map.of("consent", 1, "special-protection", 1));
    assertThat(manifest.path("counts").path("patients").path("all").asInt()).isEqualTo(2);
    assertThat(manifest.path("representativeness").path("targetPatients").asInt()).isEqualTo(2);
    assertThat(manifest.path("purposeOfUse").asText()).isEqualTo("HRESCH");
    assertThat(manifest.path("definitions").get(0).path("sha256").asText()).hasSize(64);
    assertThat(manifest.toString()).doesNotContain(id("n1"));
  }

  /** Versions stay, and what describes them cannot be written over. */
  @Test
  void keepsVersionsAndComparesThem() throws Exception {
    String at = now();
    String cut = now();
    JsonNode one = made(request("name", "kept", "time", at, "knownAt", cut));
    JsonNode other = made(request("name", "kept", "time", at, "knownAt", cut));
    JsonNode seeded = made(request("name", "kept", "time", at, "knownAt", cut, "seed", "5"));
    JsonNode first = one.path("extension").path("manifest");

    assertThat(other.path("extension").path("manifest").path("version").asInt())
        .isEqualTo(first.path("version").asInt() + 1);
    Answer same = compare(one, other);
    assertThat(same.body())
        .contains("\"valueBoolean\": true")
        .doesNotContain("\"name\": \"difference\"");
    assertThat(compare(one, seeded).body()).contains("request/seed").contains("split/seed");
    String group = "training-set-" + first.path("id").asText();
    Answer document =
        anybody().role("informaticist").scope("user/*.rs").get("DocumentReference/" + group);
    assertThat(document.status()).isEqualTo(200);
    assertThat(
            system()
                .put(
                    "Group/" + group,
                    json(
                        (Group)
                            new Group()
                                .setType(Group.GroupType.PERSON)
                                .setActual(true)
                                .setId(group)))
                .status())
        .isEqualTo(405);
    assertThat(system().delete("DocumentReference/" + group).status()).isEqualTo(405);
    assertThat(pipeline().delete("$training-set-status?job=" + first.path("id").asText()).status())
        .isEqualTo(409);
  }

  private Answer compare(JsonNode one, JsonNode other) {
    Answer answer =
        pipeline()
            .get(
                "$training-set-compare?_pretty=true&left="
                    + one.path("extension").path("manifest").path("id").asText()
                    + "&right="
                    + other.path("extension").path("manifest").path("id").asText());
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    return answer;
  }

  /** Attack: another purpose, another role, another application's data set. */
  @Test
  void isForItsStarterUnderItsPurposeAlone() throws Exception {
    Parameters request = request("time", now());
    TokenHolder treatment = pipeline().with(c -> c.claim("purpose", List.of("TREAT")));
    assertThat(start(treatment, request).statusCode()).isEqualTo(403);
    assertThat(
            start(clinician().with(c -> c.claim("purpose", List.of("HRESCH"))), request)
                .statusCode())
        .isEqualTo(403);
    assertThat(start(pipeline().scope("system/Patient.rs"), request).statusCode()).isEqualTo(403);

    HttpResponse<String> started = start(pipeline(), request);
    String poll = poll(started);
    JsonNode made = finished(pipeline(), poll);
    String file = made.path("output").get(0).path("url").asText();
    TokenHolder other = pipeline().with(c -> c.subject("other"));
    assertThat(other.get(poll).status()).isEqualTo(404);
    assertThat(other.get(file).status()).isEqualTo(404);
    assertThat(other.delete(poll).status()).isEqualTo(404);
    assertThat(pipeline().with(c -> c.claim("purpose", List.of("TREAT"))).get(file).status())
        .isEqualTo(403);
    assertThat(pipeline().get(file).status()).isEqualTo(200);
    assertThat(pipeline().get(file.replaceFirst("file=.*", "file=rows")).status()).isEqualTo(404);
  }

  @Test
  void refusesWhatIsWrong() {
    assertThat(pipeline().post("$training-set", json(request("time", now()))).status())
        .as("without Prefer")
        .isEqualTo(412);
    HttpResponse<String> wrong =
        start(
            pipeline(),
            request("name", "X", "time", "never", "featureSet", SET + "9", "seed", "much"));
    assertThat(wrong.statusCode()).isEqualTo(422);
    assertThat(wrong.body()).contains("name:", "time:", "featureSet:", "seed:");
    HttpResponse<String> byName =
        start(pipeline(), request("time", now(), "cohort", "Patient?name=Smith"));
    assertThat(byName.statusCode()).as(byName.body()).isEqualTo(403);
    HttpResponse<String> nobody =
        start(pipeline(), request("time", now(), "cohort", "Group/" + id("nothing")));
    assertThat(nobody.statusCode()).isEqualTo(422);
  }

  private Group criteria(String value) {
    Group group = new Group();
    group.setId(id("criteria"));
    group.getMeta().addProfile("https://auscult.org/fhir/StructureDefinition/cohort-criteria");
    group.setType(Group.GroupType.PERSON).setActual(false);
    Group.GroupCharacteristicComponent high = group.addCharacteristic();
    high.addExtension(
        "https://auscult.org/fhir/StructureDefinition/cohort-feature",
        new CanonicalType("https://auscult.org/fhir/Library/feature-creatinine|1.0.0"));
    high.getCode().setText("Creatinine is high");
    high.setExclude(false)
        .setValue(
            new Quantity()
                .setComparator(Quantity.QuantityComparator.GREATER_OR_EQUAL)
                .setValue(new BigDecimal(value))
                .setSystem("http://unitsofmeasure.org")
                .setCode("mg/dL"));
    return group;
  }

  /** Who is no member as of the index time has no row, and no event of the raw timeline. */
  @Test
  void takesACohortByCriteria() throws Exception {
    put(criteria("1.0"));
    String cohort = "Group/" + id("criteria");
    JsonNode made =
        made(request("cohort", cohort, "target", cohort, "time", now(), "format", "csv meds"));

    assertThat(content(made, ".csv")).contains(id("n1")).doesNotContain(id("n2"), id("s1"));
    JsonNode manifest = made.path("extension").path("manifest");
    JsonNode unmet = manifest.path("exclusions").path("criteria").get(0);
    assertThat(unmet.path("text").asText()).isEqualTo("Creatinine is high");
    assertThat(unmet.path("wanted").asText()).isEqualTo(">= 1.0");
    assertThat(unmet.path("count").asInt()).isEqualTo(1);
    assertThat(manifest.at("/exclusions/indexTimes").findValuesAsText("reason"))
        .contains("cohort-criteria");
    assertThat(manifest.at("/representativeness/targetPatients").asInt()).isEqualTo(1);
    assertThat(manifest.path("definitions").findValuesAsText("role")).contains("cohort");
    assertThat(manifest.at("/counts/subjects").elements().next().asInt()).isEqualTo(1);

    JsonNode events =
        made(
            request(
                "cohort",
                cohort,
                "target",
                "none",
                "index",
                "",
                "featureSet",
                "",
                "format",
                "meds"));
    assertThat(events.at("/extension/manifest/counts/subjects").elements().next().asInt())
        .isEqualTo(1);
    assertThat(events.at("/extension/manifest/exclusions/patients").findValuesAsText("reason"))
        .contains("cohort-criteria");
  }

  @Test
  void refusesCriteriaThatCannotBeRead() {
    Group wrong = criteria("1.0");
    wrong.setId(id("criteria-wrong"));
    ((Quantity) wrong.getCharacteristicFirstRep().getValue()).setCode("mmol/L");
    wrong.addCharacteristic().setExclude(true).setValue(new BooleanType(true));
    Answer refused = system().put("Group/" + id("criteria-wrong"), json(wrong));
    assertThat(refused.status()).as(refused.body()).isEqualTo(422);
    assertThat(refused.body()).contains("characteristic[0].value", "characteristic[1].extension");
    // A Group that claims no profile is looked at when it is used.
    wrong.setMeta(null);
    put(wrong);
    HttpResponse<String> started =
        start(pipeline(), request("cohort", "Group/" + id("criteria-wrong"), "time", now()));
    assertThat(started.statusCode()).isEqualTo(422);
    assertThat(started.body()).contains("cohort: Group/", "characteristic[0].value");
  }

  /** A search by what the purpose needs is one, and the raw timeline is written too. */
  @Test
  void takesASearchAndWritesMeds() throws Exception {
    JsonNode made =
        made(
            request(
                "cohort",
                "Patient?gender=female&_id=" + id("n1") + "," + id("n2"),
                "index",
                "",
                "featureSet",
                "",
                "format",
                "meds"));

    List<String> names = made.path("output").findValuesAsText("name").stream().sorted().toList();
    assertThat(names)
        .contains("meds/metadata/codes.parquet", "meds/metadata/dataset.json")
        .anyMatch(name -> name.startsWith("meds/data/"));
    assertThat(content(made, "dataset.json")).contains("\"meds_version\" : \"0.4.0\"");
    int subjects = 0;
    for (JsonNode part : made.path("extension").path("manifest").path("counts").path("subjects")) {
      subjects += part.asInt();
    }
    assertThat(subjects).isEqualTo(2);
  }

  /** Whose data left is in the log, with the purpose. */
  @Test
  void recordsWhoseDataLeft() throws Exception {
    made(request("name", "logged", "time", now()));

    TokenHolder auditor = anybody().role("auditor").scope("user/*.rs");
    String report = "";
    for (int i = 0; i < 100 && !report.contains("$training-set"); i++) {
      Thread.sleep(100);
      report = auditor.get("AuditEvent?patient=" + id("n2") + "&_count=50").body();
    }
    assertThat(report).contains("HRESCH", "$training-set");
    assertThat(auditor.get("AuditEvent?patient=" + id("refuses") + "&_count=50").body())
        .doesNotContain("$training-set");
  }

  @Test
  void endsWhatIsCancelled() throws Exception {
    String poll = poll(start(pipeline(), request("name", "ended", "time", now())));
    Answer ended = pipeline().delete(poll);
    // It may have been quicker; then it stays.
    assertThat(ended.status()).isIn(202, 409);
    if (ended.status() == 202) {
      assertThat(pipeline().get(poll).status()).isEqualTo(404);
    }
  }
}
