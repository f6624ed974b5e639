package org.auscult.server.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.auscult.feature.fhir.FeatureUrls;
import org.auscult.server.access.TokenHolder.Answer;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.HTTPVerb;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Condition;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.Enumerations;
import org.hl7.fhir.r4.model.Group;
import org.hl7.fhir.r4.model.Library;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Observation.ObservationStatus;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Parameters.ParametersParameterComponent;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.junit.jupiter.api.Test;

/**
 * {@code $profile}: 24 patients of the north, of whom the first 12 have 1 to 12 mg/dL, and 14 of
 * the south, of whom the first 12 have 13 to 24.
 */
class ProfileAccessTest extends AccessOverHttp {
  private static final String URL = "https://example.org/Library/profiled";
  private static final String AT = "&at=2100-01-01";

  private String patient(int i) {
    return id("p" + i);
  }

  @Override
  void storeMore() {
    Bundle all = new Bundle().setType(Bundle.BundleType.TRANSACTION);
    for (int i = 0; i < 38; i++) {
      Patient patient = new Patient();
      patient.setManagingOrganization(
          new Reference("Organization/" + id(i < 24 ? "north" : "south")));
      patient.setId(patient(i));
      add(all, patient);
      int value = i < 12 ? i + 1 : i >= 24 && i < 36 ? i - 11 : 0;
      if (value > 0) {
        add(all, creatinine(i, value));
      }
    }
    add(all, group("all", 0, 38));
    add(all, group("complete", 0, 12, 24, 36));
    add(all, group("few", 0, 10));
    Library feature = new Library();
    feature.getMeta().addProfile(FeatureUrls.FEATURE_DEFINITION);
    feature.setUrl(URL).setVersion("1.0.0").setName("profiled").setTitle("Profiled");
    feature.setStatus(Enumerations.PublicationStatus.ACTIVE);
    feature
        .getType()
        .addCoding()
        .setSystem("http://terminology.hl7.org/CodeSystem/library-type")
        .setCode("logic-library");
    feature
        .addDataRequirement()
        .setType("Observation")
        .addCodeFilter()
        .addCode(new Coding("http://loinc.org", "2160-0", null));
    feature.addExtension(FeatureUrls.OPERATOR, new CodeType("latest"));
    feature.addExtension(FeatureUrls.UNIT, new CodeType("mg/dL"));
    feature.setId(id("feature"));
    add(all, feature);
    client().transaction().withBundle(all).execute();
  }

  private static void add(Bundle bundle, Resource resource) {
    bundle
        .addEntry()
        .setResource(resource)
        .getRequest()
        .setMethod(HTTPVerb.PUT)
        .setUrl(resource.fhirType() + "/" + resource.getIdElement().getIdPart());
  }

  private Observation creatinine(int patient, int value) {
    Observation observation = new Observation();
    observation.setStatus(ObservationStatus.FINAL);
    observation.setCode(new CodeableConcept(new Coding("http://loinc.org", "2160-0", null)));
    observation.setSubject(new Reference("Patient/" + patient(patient)));
    observation.setEffective(new DateTimeType("2020-01-01T10:00:00Z"));
    observation.setValue(
        new Quantity()
            .setValue(value)
            .setUnit("mg/dL")
            .setSystem("http://unitsofmeasure.org")
            .setCode("mg/dL"));
    observation.setId(id("c" + patient));
    return observation;
  }

  private Group group(String name, int... fromTo) {
    Group group = new Group();
    group.setType(Group.GroupType.PERSON).setActual(true);
    for (int i = 0; i < fromTo.length; i += 2) {
      for (int p = fromTo[i]; p < fromTo[i + 1]; p++) {
        group.addMember().getEntity().setReference("Patient/" + patient(p));
      }
    }
    group.setId(id(name));
    return group;
  }

  private TokenHolder informaticist(String... sites) {
    List<String> ids = Arrays.stream(sites).map(this::id).toList();
    return anybody()
        .with(
            given ->
                given.claim("fhirUser", "Practitioner/" + id("informaticist")).claim("sites", ids))
        .role("informaticist")
        .scope("user/*.cruds");
  }

  private Answer ask(TokenHolder who, String query) {
    return who.get("Library/" + id("feature") + "/$profile?" + query);
  }

  private Parameters profile(TokenHolder who, String query) {
    Answer answer = ask(who, query);
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    return fhirContext.newJsonParser().parseResource(Parameters.class, answer.body());
  }

  private static Optional<ParametersParameterComponent> values(Parameters profile, String site) {
    return profile.getParameter().stream()
        .filter(p -> p.getName().equals("values"))
        .filter(p -> text(p, "site").equals(site))
        .findFirst();
  }

  private static String text(ParametersParameterComponent of, String part) {
    return of.getPart().stream()
        .filter(p -> p.getName().equals(part) && p.hasValue())
        .map(p -> p.getValue().primitiveValue())
        .findFirst()
        .orElse("");
  }

  /** Of a table, {@code present} to {@code 24}, or to {@code hidden}. */
  private static Map<String, String> table(
      ParametersParameterComponent of, String name, String key, String number) {
    Map<String, String> table = new TreeMap<>();
    of.getPart().stream()
        .filter(p -> p.getName().equals(name) && p.hasPart())
        .forEach(
            p -> table.put(text(p, key), text(p, "hidden").isEmpty() ? text(p, number) : "hidden"));
    return table;
  }

  private String query(String group) {
    return "group=" + id(group) + AT;
  }

  @Test
  void saysHowValuesLieOfAllAndBySite() {
    Parameters profile = profile(informaticist("north", "south"), query("complete"));

    assertThat(profile.getParameter("patients").getValue().primitiveValue()).isEqualTo("24");
    assertThat(profile.getParameter("leftOut").getValue().primitiveValue()).isEqualTo("0");
    ParametersParameterComponent all = values(profile, "").orElseThrow();
    assertThat(table(all, "count", "reason", "patients")).isEqualTo(Map.of("present", "24"));
    assertThat(text(all, "mean")).isEqualTo("12.5");
    assertThat(new BigDecimal(text(all, "deviation")).doubleValue()).isBetween(7.07, 7.08);
    assertThat(text(all, "low")).isEqualTo("11");
    assertThat(text(all, "high")).isEqualTo("14");
    assertThat(table(all, "quantile", "percent", "value")).isEqualTo(Map.of("50", "12"));
    assertThat(table(all, "bin", "from", "patients").values()).containsExactly("11", "13");
    assertThat(table(all, "unit", "unit", "patients")).isEqualTo(Map.of("mg/dL", "24"));
    assertThat(table(all, "code", "code", "patients"))
        .isEqualTo(Map.of("http://loinc.org|2160-0", "24"));
    assertThat(text(values(profile, "Organization/" + id("north")).orElseThrow(), "mean"))
        .isEqualTo("6.5");
    assertThat(text(values(profile, "Organization/" + id("south")).orElseThrow(), "mean"))
        .isEqualTo("18.5");
  }

  /** Safety: 34. Two of the south have no value: nothing that would tell them is shown. */
  @Test
  void hidesSmallNumbersAndWhatWouldTellThem() {
    Parameters profile = profile(informaticist("north", "south"), query("all"));

    ParametersParameterComponent all = values(profile, "").orElseThrow();
    assertThat(table(all, "count", "reason", "patients"))
        .isEqualTo(Map.of("present", "24", "not-recorded", "14"));
    for (String site : List.of("north", "south")) {
      ParametersParameterComponent of = values(profile, "Organization/" + id(site)).orElseThrow();
      assertThat(table(of, "count", "reason", "patients"))
          .as(site)
          .isEqualTo(Map.of("present", "hidden", "not-recorded", "hidden"));
      assertThat(text(of, "mean")).as(site).isEmpty();
    }
  }

  @Test
  void countsOnlyPatientsOfTheSitesOfWhoeverAsks() {
    Parameters profile = profile(informaticist("south"), query("all"));

    assertThat(profile.getParameter("patients").getValue().primitiveValue()).isEqualTo("14");
    assertThat(profile.getParameter("leftOut").getValue().primitiveValue()).isEqualTo("24");
    assertThat(values(profile, "Organization/" + id("north"))).isEmpty();
    assertThat(ask(informaticist("elsewhere"), query("all")).status()).isEqualTo(422);
  }

  /** Safety: 34. Who withholds anything from whoever asks is not counted at all. */
  @Test
  void leavesOutWhoWithholdsSomething() {
    Condition disorder = new Condition();
    disorder.setCode(new CodeableConcept(new Coding("http://snomed.info/sct", "66590003", null)));
    disorder.setSubject(new Reference("Patient/" + patient(0)));
    disorder.getMeta().addSecurity("http://terminology.hl7.org/CodeSystem/v3-ActCode", "SUD", null);
    disorder.setId(id("disorder"));
    put(disorder);
    try {
      Parameters profile = profile(informaticist("north"), query("all"));
      assertThat(profile.getParameter("patients").getValue().primitiveValue()).isEqualTo("23");
    } finally {
      client().delete().resourceById("Condition", id("disorder")).execute();
    }
  }

  @Test
  void isMadeAtTheTimesThatAreAsked() {
    Parameters before =
        profile(informaticist("north", "south"), "group=" + id("all") + "&at=2019-12-31");

    ParametersParameterComponent all = values(before, "").orElseThrow();
    assertThat(table(all, "count", "reason", "patients"))
        .as("nothing was known then")
        .isEqualTo(Map.of("present", "0", "not-recorded", "38"));
    Parameters both =
        profile(
            informaticist("north", "south"),
            query("complete") + "&at=2101-01-01T00:00:00Z&at=2102-01-01");
    assertThat(both.getParameter().stream().filter(p -> p.getName().equals("at"))).hasSize(3);
    ParametersParameterComponent thrice = values(both, "").orElseThrow();
    assertThat(text(thrice, "patients")).isEqualTo("24");
    assertThat(text(thrice, "times")).isEqualTo("72");
  }

  @Test
  void isRefusedWhereItWouldTellOfFewOrTakesTooLong() {
    TokenHolder who = informaticist("north", "south");
    assertThat(ask(who, query("few")).status()).isEqualTo(422);
    assertThat(ask(who, "patients=identifier%3D1").status()).isEqualTo(400);
    assertThat(ask(who, "patients=name%3DFam").status()).isEqualTo(400);
    assertThat(ask(who, "patients=_has%3AObservation%3Apatient%3A_id%3D1").status()).isEqualTo(400);
    assertThat(ask(who, "patients=birthdate%3Dnever").status()).isEqualTo(400);
    assertThat(ask(who, query("all") + "&patients=gender%3Dmale").status()).isEqualTo(400);
    assertThat(ask(who, "group=" + id("nobody")).status()).isEqualTo(400);
    List<String> times = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      times.add(String.format(Locale.ROOT, "&at=2100-01-01T00:%02d:00Z", i));
    }
    Answer tooMany = ask(who, "group=" + id("all") + String.join("", times));
    assertThat(tooMany.status()).isEqualTo(422);
    assertThat(tooMany.body()).contains("2000 vectors");
  }

  @Test
  void aSearchFindsWhatManyShare() {
    String south = "Organization/" + id("south");
    Parameters profile =
        profile(
            informaticist("north", "south"),
            "patients=organization%3D" + south.replace("/", "%2F") + AT);

    assertThat(profile.getParameter("patients").getValue().primitiveValue())
        .as("s1 is of the south too")
        .isEqualTo("15");
  }

  @Test
  void isForInformaticists() {
    assertThat(ask(clinician(), query("complete")).status()).isEqualTo(403);
    assertThat(ask(system(), query("complete")).status()).isEqualTo(403);
    for (String role : List.of("reviewer", "approver", "auditor", "administrator")) {
      TokenHolder holder =
          anybody()
              .with(given -> given.claim("sites", List.of(id("north"), id("south"))))
              .role(role)
              .scope("user/*.cruds");
      assertThat(ask(holder, query("complete")).status()).as(role).isEqualTo(403);
    }
  }
}
