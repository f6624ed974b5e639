package org.auscult.deidentification.fhir;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.parser.IParser;
import ca.uhn.fhir.parser.StrictErrorHandler;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.SecureRandom;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.auscult.deidentification.Profile;
import org.auscult.deidentification.ProtectedCodes;
import org.auscult.deidentification.PseudonymMap;
import org.auscult.deidentification.Tally;
import org.auscult.deidentification.Tally.LeftOut;
import org.auscult.deidentification.fhir.ResourceMasker.Settings;
import org.auscult.deidentification.fhir.ResourceMasker.Settings.AiWritten;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Safety: 33. */
class ResourceMaskerTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final LocalDate TODAY = LocalDate.of(2026, 11, 21);
  private static final String LABEL =
      "\"meta\":{\"security\":[{\"system\":\"http://terminology.hl7.org/CodeSystem/"
          + "v3-ObservationValue\",\"code\":\"AIAST\"}]}";

  private final PseudonymMap map = new PseudonymMap(new SecureRandom());
  private final Survey survey = new Survey();
  private final Tally tally = new Tally();
  private final IParser strict = FhirContext.forR4Cached().newJsonParser();

  ResourceMaskerTest() {
    strict.setParserErrorHandler(new StrictErrorHandler());
  }

  private static ObjectNode json(String text) {
    try {
      return (ObjectNode) JSON.readTree(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Optional<ObjectNode> mask(Profile profile, String resource) {
    return mask(new Settings(profile, TODAY, AiWritten.KEEP, ProtectedCodes.NONE), resource);
  }

  private Optional<ObjectNode> mask(Settings settings, String resource) {
    return new ResourceMasker(settings, map, survey, tally)
        .mask(json(resource), BundleNames.NONE, Set.of());
  }

  private static String patient(String birth, String more) {
    return "{\"resourceType\":\"Patient\",\"id\":\"p\",\"name\":[{\"family\":\"Doe\"}],"
        + "\"gender\":\"female\",\"birthDate\":\""
        + birth
        + "\",\"address\":[{\"line\":[\"1 Main St\"],\"city\":\"Cambridge\",\"state\":\"MA\","
        + "\"postalCode\":\"02139\",\"country\":\"US\"}]"
        + more
        + "}";
  }

  private static String observation(String more) {
    return "{\"resourceType\":\"Observation\",\"id\":\"o\",\"status\":\"final\","
        + "\"code\":{\"coding\":[{\"system\":\"http://loinc.org\",\"code\":\"29463-7\"}]},"
        + "\"subject\":{\"reference\":\"Patient/p\"},\"encounter\":{\"reference\":\"Encounter/e\"},"
        + "\"effectiveDateTime\":\"2024-05-17T08:09:10+02:00\",\"issued\":\"2024-05-17T10:00:00Z\""
        + more
        + "}";
  }

  @Test
  void safeHarbor() {
    ObjectNode masked = mask(Profile.SAFE_HARBOR, patient("1964-05-06", "")).orElseThrow();
    assertThat(masked.has("name")).isFalse();
    assertThat(masked.path("birthDate").asText()).isEqualTo("1964");
    assertThat(masked.path("address").toString())
        .isEqualTo("[{\"state\":\"MA\",\"postalCode\":\"021\",\"country\":\"US\"}]");
    ObjectNode seen = mask(Profile.SAFE_HARBOR, observation("")).orElseThrow();
    assertThat(seen.path("effectiveDateTime").asText()).isEqualTo("2024");
    assertThat(seen.has("issued")).isFalse();
  }

  @Test
  void limitedDataSet() {
    ObjectNode masked = mask(Profile.LIMITED, patient("1924-05-06", "")).orElseThrow();
    assertThat(masked.path("birthDate").asText()).isEqualTo("1924-05-06");
    assertThat(masked.path("address").toString())
        .isEqualTo(
            "[{\"city\":\"Cambridge\",\"state\":\"MA\",\"postalCode\":\"02139\","
                + "\"country\":\"US\"}]");
    assertThat(mask(Profile.LIMITED, observation("")).orElseThrow().path("issued").asText())
        .isEqualTo("2024-05-17T10:00:00Z");
  }

  @Test
  void aStreetInPlaceOfACityOrStateDoesNotPass() {
    String patient =
        "{\"resourceType\":\"Patient\",\"id\":\"p\",\"address\":[{\"city\":\"12 Main Street\","
            + "\"state\":\"near Doe's farm\",\"country\":\"US\"}]}";
    assertThat(mask(Profile.LIMITED, patient).orElseThrow().path("address").toString())
        .isEqualTo("[{\"country\":\"US\"}]");
  }

  @Test
  void anAddressAbroadIsItsCountry() {
    String patient =
        "{\"resourceType\":\"Patient\",\"id\":\"p\",\"address\":[{\"city\":\"Bern\","
            + "\"state\":\"MA\",\"postalCode\":\"30121\",\"country\":\"CH\"}]}";
    assertThat(mask(Profile.SAFE_HARBOR, patient).orElseThrow().path("address").toString())
        .isEqualTo("[{\"country\":\"CH\"}]");
  }

  @Test
  void shiftedDatesKeepIntervalsAmongResourcesOfOnePerson() {
    survey.see(json(patient("1964-05-06", "")), BundleNames.NONE);
    ObjectNode masked = mask(Profile.EXPERT, patient("1964-05-06", "")).orElseThrow();
    ObjectNode seen = mask(Profile.EXPERT, observation("")).orElseThrow();

    LocalDate birth = LocalDate.parse(masked.path("birthDate").asText());
    OffsetDateTime effective = OffsetDateTime.parse(seen.path("effectiveDateTime").asText());
    long shift = ChronoUnit.DAYS.between(LocalDate.of(1964, 5, 6), birth);
    assertThat(Math.abs(shift)).isBetween(1L, 182L);
    assertThat(effective)
        .isEqualTo(OffsetDateTime.parse("2024-05-17T08:09:10+02:00").plusDays(shift));
    assertThat(OffsetDateTime.parse(seen.path("issued").asText()))
        .isEqualTo(OffsetDateTime.parse("2024-05-17T10:00:00Z").plusDays(shift));
  }

  @ParameterizedTest
  @EnumSource(
      value = Profile.class,
      names = {"SAFE_HARBOR", "EXPERT"})
  void ageNinetyIsPooledAndEightyNineIsNot(Profile profile) {
    String ninety =
        mask(profile, patient("1936-11-21", "")).orElseThrow().path("birthDate").asText();
    String older =
        mask(profile, patient("1920-01-01", "")).orElseThrow().path("birthDate").asText();
    String younger =
        mask(profile, patient("1937-06-30", "")).orElseThrow().path("birthDate").asText();
    assertThat(ninety).isEqualTo("1936");
    assertThat(older).isEqualTo("1936");
    assertThat(younger).isNotEqualTo("1936");
    assertThat(value(profile, "{\"value\":90,\"unit\":\"a\"}"))
        .isEqualTo(value(profile, "{\"value\":104,\"unit\":\"a\"}"))
        .isEqualTo(value(profile, "{\"value\":1200,\"unit\":\"mo\"}"));
    assertThat(value(profile, "{\"value\":89,\"unit\":\"a\"}").path("value").asInt()).isEqualTo(89);
  }

  private JsonNode value(Profile profile, String quantity) {
    return mask(profile, observation(",\"valueQuantity\":" + quantity))
        .orElseThrow()
        .path("valueQuantity");
  }

  @Test
  void anAgeWithoutUnitIsPooled() {
    String age = observation(",\"valueInteger\":97").replace("29463-7", "30525-0");
    assertThat(mask(Profile.SAFE_HARBOR, age).orElseThrow().path("valueInteger").asInt())
        .isEqualTo(90);
    assertThat(mask(Profile.LIMITED, age).orElseThrow().path("valueInteger").asInt()).isEqualTo(97);
    assertThat(
            mask(Profile.SAFE_HARBOR, observation(",\"valueInteger\":97"))
                .orElseThrow()
                .path("valueInteger")
                .asInt())
        .isEqualTo(97);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"value\":5,\"unit\":\"tablets of Mrs Doe\"}",
        "{\"value\":5,\"system\":\"http://unitsofmeasure.org\",\"code\":\"{Doe}\"}",
        "{\"value\":5,\"unit\":\"mg\",\"comparator\":\"about\"}",
        "{\"value\":\"617-555-0142\",\"unit\":\"mg\"}",
        "{\"unit\":\"mg\"}"
      })
  void aQuantityOfWhichAPartMayNotPassIsDropped(String quantity) {
    assertThat(value(Profile.LIMITED, quantity).isMissingNode()).isTrue();
  }

  @Test
  void referencesStillMeetAndKeepNothingElse() {
    ObjectNode person = mask(Profile.SAFE_HARBOR, patient("1964", "")).orElseThrow();
    ObjectNode seen =
        mask(
                Profile.SAFE_HARBOR,
                observation(
                    ",\"derivedFrom\":[{\"reference\":\"Observation/x/_history/3\"},"
                        + "{\"reference\":\"Practitioner/y\"},"
                        + "{\"reference\":\"https://ehr.example/fhir/Observation/z\"},"
                        + "{\"reference\":\"Patient?identifier=ssn|999-35-9473\"}]"))
            .orElseThrow();
    assertThat(seen.path("subject").toString())
        .isEqualTo("{\"reference\":\"Patient/" + person.path("id").asText() + "\"}");
    assertThat(seen.path("derivedFrom").toString())
        .isEqualTo("[{\"reference\":\"Observation/" + map.pseudonym("Observation/x") + "\"}]");
    assertThat(tally.dropped()).containsEntry("Observation.derivedFrom", 3L);
  }

  @Test
  void entriesOfABundleMeetByTheirUrls() {
    ObjectNode bundle =
        json(
            "{\"resourceType\":\"Bundle\",\"entry\":[{\"fullUrl\":\"urn:uuid:11-22\",\"resource\":"
                + "{\"resourceType\":\"Patient\"}},{\"fullUrl\":\"urn:uuid:33-44\",\"resource\":"
                + observation("").replace("Patient/p", "urn:uuid:11-22")
                + "}]}");
    BundleNames names = BundleNames.of(bundle);
    ResourceMasker masker =
        new ResourceMasker(
            new Settings(Profile.LIMITED, TODAY, AiWritten.KEEP, ProtectedCodes.NONE),
            map,
            survey,
            tally);
    ObjectNode patient = (ObjectNode) bundle.at("/entry/0/resource");
    ObjectNode seen = (ObjectNode) bundle.at("/entry/1/resource");
    String id = masker.mask(patient, names, Set.of()).orElseThrow().path("id").asText();
    assertThat(masker.mask(seen, names, Set.of()).orElseThrow().at("/subject/reference").asText())
        .isEqualTo("Patient/" + id);
  }

  @Test
  void containedDrugsPassUnderAnotherName() {
    String request =
        "{\"resourceType\":\"MedicationRequest\",\"id\":\"m\",\"status\":\"active\","
            + "\"intent\":\"order\",\"contained\":[{\"resourceType\":\"Practitioner\",\"id\":\"d\"},"
            + "{\"resourceType\":\"Medication\",\"id\":\"doe-drug\",\"code\":{\"coding\":[{\"system\":"
            + "\"http://www.nlm.nih.gov/research/umls/rxnorm\",\"code\":\"314076\"}]}}],"
            + "\"medicationReference\":{\"reference\":\"#doe-drug\"},"
            + "\"subject\":{\"reference\":\"Patient/p\"},\"requester\":{\"reference\":\"#d\"}}";
    ObjectNode masked = mask(Profile.SAFE_HARBOR, request).orElseThrow();
    assertThat(masked.at("/contained/0/id").asText()).isEqualTo("c1");
    assertThat(masked.at("/contained/0/code/coding/0/code").asText()).isEqualTo("314076");
    assertThat(masked.at("/medicationReference/reference").asText()).isEqualTo("#c1");
    assertThat(masked.path("contained")).hasSize(1);
    assertThat(masked.toString()).doesNotContain("doe");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"status\":\"final\"|\"status\":\"refuted by Doe\"",
        "29463-7|29463-8",
        "http://loinc.org|urn:oid:1.2.3.our.own.codes",
        "Patient/p|Practitioner/p",
        "\"id\":\"o\"|\"modifierExtension\":[{\"url\":\"urn:negated\"}]"
      })
  void whatWouldSaySomethingElseIsLeftOut(String change) {
    String[] parts = change.split("\\|", 2);
    assertThat(mask(Profile.LIMITED, observation("").replace(parts[0], parts[1]))).isEmpty();
  }

  @Test
  void aRefutationIsNeverLost() {
    String refuted =
        "{\"resourceType\":\"Condition\",\"verificationStatus\":{\"text\":\"refuted\"},\"code\":"
            + "{\"coding\":[{\"system\":\"http://snomed.info/sct\",\"code\":\"44054006\"}]},"
            + "\"subject\":{\"reference\":\"Patient/p\"}}";
    assertThat(mask(Profile.LIMITED, refuted)).isEmpty();
    assertThat(tally.leftOut(LeftOut.EMPTIED)).isEqualTo(1);
  }

  /** Transparency: 13. */
  @Test
  void whatAModelWroteIsLeftOutWhereAsked() {
    survey.see(
        json(
            "{\"resourceType\":\"Provenance\",\"id\":\"v\",\"target\":[{\"reference\":"
                + "\"Observation/unlabelled/_history/1\"}],\"agent\":[{\"role\":[{\"coding\":"
                + "[{\"code\":\"Artificial-Intelligence\"}]}]}]}"),
        BundleNames.NONE);
    Settings without =
        new Settings(Profile.LIMITED, TODAY, AiWritten.LEAVE_OUT, ProtectedCodes.NONE);
    String labelled = observation("," + LABEL);
    String unlabelled = observation("").replace("\"id\":\"o\"", "\"id\":\"unlabelled\"");
    String provenance =
        "{\"resourceType\":\"Provenance\",\"target\":[{\"reference\":\"Observation/o\"}],\"reason\":"
            + "[{\"coding\":[{\"code\":\"AIAST\"}]}]}";

    assertThat(mask(without, labelled)).isEmpty();
    assertThat(mask(without, unlabelled)).isEmpty();
    assertThat(mask(without, provenance)).isEmpty();
    assertThat(mask(without, observation(""))).isPresent();
    assertThat(tally.leftOut(LeftOut.AI_WRITTEN)).isEqualTo(3);
    // Kept, the label stays: who trains on it must see it.
    assertThat(mask(Profile.LIMITED, labelled).orElseThrow().toString()).contains("AIAST");
  }

  /** Safety: 34. */
  @Test
  void codesUnderSpecialProtectionAreLeftOutWhereAsked() {
    Settings without =
        new Settings(Profile.LIMITED, TODAY, AiWritten.KEEP, ProtectedConditions.icd10cm());
    for (String code : List.of("F10.20", "F32.9", "B20", "Z21", "O98.712")) {
      assertThat(mask(without, condition(code))).as(code).isEmpty();
      assertThat(mask(Profile.LIMITED, condition(code))).as(code).isPresent();
    }
    assertThat(mask(without, condition("E11.9"))).isPresent();
    assertThat(tally.leftOut(LeftOut.PROTECTED)).isEqualTo(5);
  }

  private static String condition(String code) {
    return "{\"resourceType\":\"Condition\",\"code\":{\"coding\":[{\"system\":"
        + "\"http://hl7.org/fhir/sid/icd-10-cm\",\"code\":\""
        + code
        + "\"}]},\"subject\":{\"reference\":\"Patient/p\"}}";
  }

  @Test
  void patientsWithTooFewLikeThemAreLeftOutWithAllThatIsTheirs() {
    ResourceMasker masker =
        new ResourceMasker(
            new Settings(Profile.LIMITED, TODAY, AiWritten.KEEP, ProtectedCodes.NONE),
            map,
            survey,
            tally);
    Set<String> outside = Set.of("Patient/p");
    assertThat(masker.mask(json(patient("1964", "")), BundleNames.NONE, outside)).isEmpty();
    assertThat(masker.mask(json(observation("")), BundleNames.NONE, outside)).isEmpty();
    assertThat(
            masker.mask(
                json(observation("").replace("Patient/p", "Patient/q")), BundleNames.NONE, outside))
        .isPresent();
  }

  @Test
  void definitionsOfOursPassAsTheyAreAndWhatTheyDeclare() {
    String library =
        "{\"resourceType\":\"Library\",\"id\":\"m1\",\"meta\":{\"versionId\":\"4\",\"profile\":"
            + "[\"https://auscult.org/fhir/StructureDefinition/prediction-model\"]},\"url\":"
            + "\"https://site.example/Library/m1\",\"version\":\"1.2.0\",\"name\":\"M1\",\"text\":"
            + "{\"status\":\"generated\",\"div\":\"<div/>\"}}";
    String device =
        "{\"resourceType\":\"Device\",\"id\":\"model-1\",\"meta\":{\"profile\":"
            + "[\"https://auscult.org/fhir/StructureDefinition/model-device\"]}}";
    survey.see(json(library), BundleNames.NONE);
    survey.see(json(device), BundleNames.NONE);
    String risk =
        "{\"resourceType\":\"RiskAssessment\",\"status\":\"final\",\"subject\":{\"reference\":"
            + "\"Patient/p\"},\"performer\":{\"reference\":\"Device/model-1\"},\"extension\":[{\"url\":"
            + "\"https://auscult.org/fhir/StructureDefinition/prediction-model-version\","
            + "\"valueCanonical\":\"https://site.example/Library/m1|1.2.0\"}]}";

    ObjectNode masked = mask(Profile.SAFE_HARBOR, risk).orElseThrow();

    assertThat(masked.at("/performer/reference").asText()).isEqualTo("Device/model-1");
    assertThat(masked.at("/extension/0/valueCanonical").asText())
        .isEqualTo("https://site.example/Library/m1|1.2.0");
    ObjectNode passed = mask(Profile.SAFE_HARBOR, library).orElseThrow();
    assertThat(passed.path("id").asText()).isEqualTo("m1");
    assertThat(passed.has("text")).isFalse();
    assertThat(passed.path("meta").has("versionId")).isFalse();
    // What refers to a person is none of ours, whatever it says of itself.
    for (String more :
        List.of(
            "\"patient\":{\"display\":\"Doe\"}",
            "\"owner\":{\"reference\":\"urn:uuid:11-22\"}",
            "\"owner\":{\"reference\":\"Patient/p\"}")) {
      String personal = device.substring(0, device.length() - 1) + "," + more + "}";
      assertThat(mask(Profile.SAFE_HARBOR, personal)).as(more).isEmpty();
    }
    assertThat(mask(Profile.SAFE_HARBOR, "{\"resourceType\":\"Library\",\"name\":\"Doe\"}"))
        .isEmpty();
  }

  @Test
  void namesThatNobodyDeclaresDoNotPass() {
    String guidance =
        "{\"resourceType\":\"GuidanceResponse\",\"status\":\"success\",\"moduleCanonical\":"
            + "\"https://site.example/doe\",\"subject\":{\"reference\":\"Patient/p\"}}";
    assertThat(mask(Profile.LIMITED, guidance).orElseThrow().has("moduleCanonical")).isFalse();
  }

  @Test
  void everyCopySaysThatItIsOne() {
    assertThat(mask(Profile.LIMITED, observation("")).orElseThrow().path("meta").toString())
        .contains("\"PSEUDED\"");
  }

  @ParameterizedTest
  @EnumSource(Profile.class)
  void aStrictParserReadsIt(Profile profile) {
    String provenance =
        "{\"resourceType\":\"Provenance\",\"id\":\"v\",\"target\":[{\"reference\":\"Observation/o\"}],"
            + "\"recorded\":\"2024-05-17T10:00:00Z\",\"agent\":[{\"who\":{\"display\":\"Doe\"}}]}";
    for (String resource :
        List.of(
            patient("1964-05-06", ",\"deceasedDateTime\":\"2020-01-02\""),
            observation(",\"valueQuantity\":{\"value\":81.50,\"unit\":\"kg\"}"),
            provenance)) {
      ObjectNode masked = mask(profile, resource).orElseThrow();
      assertThat(strict.parseResource(masked.toString()).fhirType())
          .isEqualTo(masked.path("resourceType").asText());
    }
  }

  @Test
  void namesOfNoStandardAreNotRepeatedInTheTally() {
    mask(Profile.LIMITED, observation(",\"JohnDoe\":1,\"note\":[{\"text\":\"Doe\"}]"));
    assertThat(tally.dropped())
        .containsEntry("Observation.(other)", 1L)
        .containsEntry("Observation.note", 1L)
        .doesNotContainKey("Observation.JohnDoe");
    mask(Profile.LIMITED, "{\"resourceType\":\"JohnDoe\"}");
    assertThat(tally.leftOut()).containsKey("(other)").doesNotContainKey("JohnDoe");
  }
}
