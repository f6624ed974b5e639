package org.auscult.server.feature;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.rest.server.exceptions.BaseServerResponseException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.auscult.feature.fhir.FeatureUrls;
import org.auscult.server.ServerTest;
import org.hl7.fhir.r4.model.BooleanType;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.DataRequirement;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.Duration;
import org.hl7.fhir.r4.model.Enumerations.PublicationStatus;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Library;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.OperationOutcome;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Parameters.ParametersParameterComponent;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.RelatedArtifact.RelatedArtifactType;
import org.hl7.fhir.r4.model.StringType;
import org.junit.jupiter.api.Test;

/** Derived definitions over HTTP: what is taken counts at once, what is wrong is refused whole. */
class DerivedDefinitionTest extends ServerTest {
  private static final String WEIGHT = "29463-7";
  private static final String HEIGHT = "8302-2";

  @Test
  void aDerivedFeatureIsMadeOfWhatIsNoMember() throws Exception {
    Library bmi = bmi();
    client().create().resource(bmi).execute();
    Library set = set(bmi);
    client().create().resource(set).execute();
    IdType patient = patient();
    measure(patient, WEIGHT, 80, "kg");
    measure(patient, HEIGHT, 2, "m");

    List<ParametersParameterComponent> features = features(patient, set);

    assertThat(features).hasSize(1);
    assertThat(part(features.get(0), "name")).isEqualTo("bmi_made");
    assertThat(part(features.get(0), "origin")).isEqualTo("derived");
    Quantity value =
        (Quantity)
            features.get(0).getPart().stream()
                .filter(p -> p.getName().equals("value"))
                .findFirst()
                .orElseThrow()
                .getValue();
    assertThat(value.getValue().doubleValue()).isEqualTo(20);
    assertThat(value.getCode()).isEqualTo("kg/m2");
    assertThat(features.get(0).getPart().stream().filter(p -> p.getName().equals("evidence")))
        .hasSize(2);
    assertThat(part(features(patient(), set).get(0), "detail")).isEqualTo("weight_kg is missing");
  }

  @Test
  void refusesUnitsAndInputsThatDoNotFitAllAtOnce() throws Exception {
    Library sum = derived("sum", "kg", "weight_kg + height_cm + number(nothing, 'kg')");
    dependsOn(sum, stored(weight()), stored(height()));
    sum.addRelatedArtifact().setType(RelatedArtifactType.DEPENDSON).setResource("urn:none|1");

    assertThat(refusals(sum))
        .hasSize(2)
        .anyMatch(why -> why.contains("urn:none|1 is no feature definition that is here"))
        .anyMatch(why -> why.contains("do not measure the same thing"));
    Library inPounds = derived("wrong_unit", "mmol/L", "weight_kg");
    dependsOn(inPounds, stored(weight()));
    assertThat(refusals(inPounds)).singleElement().asString().contains("cannot become 'mmol/L'");
    Library undeclared = derived("undeclared", "kg", "weight_kg + height_cm + nothing");
    dependsOn(undeclared, stored(weight()), stored(height()));
    assertThat(refusals(undeclared))
        .hasSize(2)
        .anyMatch(why -> why.contains("'nothing' is none of the features"))
        .anyMatch(why -> why.contains("do not measure the same thing"));
    Library unnamed = derived("unnamed", "kg", "weight_kg");
    dependsOn(unnamed, stored(weight()), stored(height()));
    assertThat(refusals(unnamed)).singleElement().asString().contains("is not named");
  }

  /** One input that is not there is no reason to call the others so. */
  @Test
  void saysOnlyOfWhatIsNotThereThatItIsNot() throws Exception {
    Library weight = stored(weight());
    Library sum = derived("sum", "kg", "nothing + weight_kg");
    sum.addRelatedArtifact().setType(RelatedArtifactType.DEPENDSON).setResource("urn:none|1");
    dependsOn(sum, weight);

    assertThat(refusals(sum)).singleElement().asString().contains("urn:none|1");
  }

  @Test
  void refusesACircleThatAChangeOfADraftWouldClose() throws Exception {
    Library first = derived("first_draft", "kg", "weight_kg");
    dependsOn(first, stored(weight()));
    first.setStatus(PublicationStatus.DRAFT);
    IdType id = (IdType) client().create().resource(first).execute().getId();
    Library second = derived("second_draft", "kg", "first_draft * 2");
    dependsOn(second, first);
    second.setStatus(PublicationStatus.DRAFT);
    client().create().resource(second).execute();

    Library changed = derived("first_draft", "kg", "second_draft / 2");
    changed.setUrl(first.getUrl()).setStatus(PublicationStatus.DRAFT);
    changed.setId(id.toUnqualifiedVersionless());
    dependsOn(changed, second);

    assertThat(issues(() -> client().update().resource(changed).execute()))
        .singleElement()
        .asString()
        .contains("it is made of itself")
        .contains(canonical(first) + " -> " + canonical(second) + " -> " + canonical(first));
  }

  /** What is active never changes: so nothing that it is made of may. */
  @Test
  void refusesAnActiveFeatureMadeOfDrafts() {
    Library weight = draft(weight());
    Library height = draft(height());
    client().create().resource(weight).execute();
    client().create().resource(height).execute();
    Library bmi = derived("bmi_of_drafts", "kg/m2", "weight_kg / height_cm ^ 2");
    dependsOn(bmi, weight, height);

    assertThat(refusals(bmi))
        .hasSize(2)
        .anyMatch(why -> why.contains(canonical(weight) + " is a draft"))
        .anyMatch(why -> why.contains(canonical(height) + " is a draft"));
    IdType id =
        (IdType)
            client().create().resource(draft(bmi)).execute().getId().toUnqualifiedVersionless();
    Library activated = bmi.copy().setStatus(PublicationStatus.ACTIVE);
    activated.setId(id);
    assertThat(issues(() -> client().update().resource(activated).execute())).hasSize(2);
    activate(weight);
    assertThat(issues(() -> client().update().resource(activated).execute()))
        .singleElement()
        .asString()
        .contains(canonical(height) + " is a draft");
    activate(height);
    client().update().resource(activated).execute();
  }

  @Test
  void whatIsActiveDoesNotBecomeADraftAgain() {
    Library weight = stored(weight());
    Library again = weight.copy().setStatus(PublicationStatus.DRAFT);
    again.setId(idOf(weight));

    assertThat(issues(() -> client().update().resource(again).execute()))
        .singleElement()
        .asString()
        .contains("is active and does not change");
    client().update().resource(again.copy().setStatus(PublicationStatus.RETIRED)).execute();
  }

  private static Library draft(Library library) {
    return library.setStatus(PublicationStatus.DRAFT);
  }

  private void activate(Library library) {
    Library active = library.copy().setStatus(PublicationStatus.ACTIVE);
    active.setId(idOf(library));
    client().update().resource(active).execute();
  }

  private IdType idOf(Library library) {
    Bundle found =
        client()
            .search()
            .forResource(Library.class)
            .where(Library.URL.matches().value(library.getUrl()))
            .returnBundle(Bundle.class)
            .execute();
    return found.getEntryFirstRep().getResource().getIdElement().toUnqualifiedVersionless();
  }

  @Test
  void saysAllThatIsWrongWithADefinitionAtOnce() {
    Library wrong = weight();
    wrong
        .getDataRequirementFirstRep()
        .getCodeFilterFirstRep()
        .getCodeFirstRep()
        .setSystem("http://loinc.com");
    wrong.getDataRequirementFirstRep().addCodeFilter().setValueSet("urn:no-such-value-set|1");
    wrong.addExtension(FeatureUrls.LOOKBACK, duration(1));
    wrong.addExtension(FeatureUrls.WINDOW_GAP, duration(2));
    wrong.getExtensionByUrl(FeatureUrls.UNIT).setValue(new CodeType("kgs"));

    assertThat(refusals(wrong))
        .hasSize(4)
        .anyMatch(why -> why.contains("http://loinc.com is not known here"))
        .anyMatch(why -> why.contains("urn:no-such-value-set|1 is not here"))
        .anyMatch(why -> why.contains("would end before it begins"))
        .anyMatch(why -> why.contains("'kgs' is not a UCUM unit"));
  }

  @Test
  void refusesASetWhoseMembersHangOnStrangers() throws Exception {
    Library since = weight();
    since.setName("weighings_since");
    since.getExtensionByUrl(FeatureUrls.OPERATOR).setValue(new CodeType("count"));
    since.getExtensionByUrl(FeatureUrls.UNIT).setValue(new CodeType("1"));
    since.addExtension(FeatureUrls.SINCE_FEATURE, new StringType("height_cm"));
    client().create().resource(since).execute();

    assertThat(refusals(set(since)))
        .singleElement()
        .asString()
        .contains("hangs on height_cm, which is no member");
    client().create().resource(set(since, stored(height()))).execute();
    assertThat(refusals(set(stored(weight()), stored(weight()))))
        .singleElement()
        .asString()
        .contains("weight_kg twice");
  }

  @Test
  void aDefinitionMayRefuseTheVectorThatLacksIt() throws Exception {
    Library needed = weight();
    needed.addExtension(FeatureUrls.MISSING_REFUSE, new BooleanType(true));
    client().create().resource(needed).execute();
    Library set = set(needed);
    client().create().resource(set).execute();
    IdType patient = patient();

    assertThat(issues(() -> features(patient, set)))
        .singleElement()
        .asString()
        .contains("weight_kg is missing (not-recorded)");
    measure(patient, WEIGHT, 80, "kg");
    assertThat(features(patient, set)).hasSize(1);
  }

  /** The example of the page about features works as it stands there. */
  @Test
  void takesTheExampleOfThePage() throws Exception {
    String page = Files.readString(Path.of("..", "docs", "features.md"));
    List<Library> example =
        Pattern.compile("```json\\n(.*?)```", Pattern.DOTALL)
            .matcher(page)
            .results()
            .map(found -> found.group(1))
            .filter(json -> json.contains("\"Library\""))
            .map(json -> fhirContext.newJsonParser().parseResource(Library.class, json))
            .toList();
    example.forEach(this::stored);
    Library set = stored(set(example.get(2)));
    IdType patient = patient();
    measure(patient, WEIGHT, 80, "kg");
    measure(patient, HEIGHT, 200, "cm");

    assertThat(part(features(patient, set).get(0), "origin")).isEqualTo("derived");
  }

  private List<String> refusals(Library library) {
    return issues(() -> client().create().resource(library).execute());
  }

  private static List<String> issues(Callable<?> call) {
    try {
      call.call();
    } catch (BaseServerResponseException e) {
      assertThat(e.getStatusCode()).isEqualTo(422);
      OperationOutcome outcome = (OperationOutcome) Objects.requireNonNull(e.getOperationOutcome());
      return outcome.getIssue().stream().map(i -> i.getDiagnostics()).toList();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
    throw new AssertionError("It was accepted");
  }

  private Library bmi() {
    Library bmi = derived("bmi_made", "kg/m2", "weight_kg / height_cm ^ 2");
    dependsOn(bmi, stored(weight()), stored(height()));
    return bmi;
  }

  private Library stored(Library library) {
    client().create().resource(library).execute();
    return library;
  }

  private static Library weight() {
    return latest("weight_kg", WEIGHT, "kg");
  }

  private static Library height() {
    return latest("height_cm", HEIGHT, "cm");
  }

  private static Library latest(String name, String loinc, String unit) {
    Library library = library(name, FeatureUrls.FEATURE_DEFINITION, "logic-library");
    DataRequirement requirement = library.addDataRequirement();
    requirement.setType("Observation");
    requirement
        .addCodeFilter()
        .setPath("code")
        .addCode(new Coding("http://loinc.org", loinc, null));
    library.addExtension(FeatureUrls.OPERATOR, new CodeType("latest"));
    library.addExtension(FeatureUrls.UNIT, new CodeType(unit));
    return library;
  }

  private static Library derived(String name, String unit, String expression) {
    Library library = library(name, FeatureUrls.FEATURE_DEFINITION, "logic-library");
    library.addExtension(FeatureUrls.OPERATOR, new CodeType("derived"));
    library.addExtension(FeatureUrls.UNIT, new CodeType(unit));
    library.addExtension(FeatureUrls.EXPRESSION, new StringType(expression));
    return library;
  }

  private static Library library(String name, String profile, String type) {
    Library library = new Library();
    library.getMeta().addProfile(profile);
    library
        .setUrl("urn:uuid:" + UUID.randomUUID())
        .setVersion("1.0.0")
        .setName(name)
        .setTitle(name)
        .setDescription(name)
        .setStatus(PublicationStatus.ACTIVE)
        .setExperimental(true)
        .getType()
        .addCoding()
        .setSystem("http://terminology.hl7.org/CodeSystem/library-type")
        .setCode(type);
    return library;
  }

  private static void dependsOn(Library library, Library... inputs) {
    for (Library input : inputs) {
      library
          .addRelatedArtifact()
          .setType(RelatedArtifactType.DEPENDSON)
          .setResource(canonical(input));
    }
  }

  private static Library set(Library... members) {
    Library set = library("set", FeatureUrls.FEATURE_SET, "asset-collection");
    for (Library member : members) {
      set.addRelatedArtifact()
          .setType(RelatedArtifactType.COMPOSEDOF)
          .setResource(canonical(member));
    }
    return set;
  }

  private static String canonical(Library library) {
    return library.getUrl() + "|" + library.getVersion();
  }

  private static Duration duration(int days) {
    Duration duration = new Duration();
    duration.setValue(days).setSystem("http://unitsofmeasure.org").setCode("d");
    return duration;
  }

  private IdType patient() {
    return (IdType)
        client().create().resource(new Patient()).execute().getId().toUnqualifiedVersionless();
  }

  private void measure(IdType patient, String loinc, double value, String unit) {
    Observation observation = new Observation();
    observation.setStatus(Observation.ObservationStatus.FINAL);
    observation.getCode().addCoding().setSystem("http://loinc.org").setCode(loinc);
    observation.setSubject(new Reference(patient));
    observation.setEffective(new DateTimeType(Date.from(Instant.now().minus(1, ChronoUnit.DAYS))));
    observation.setValue(
        new Quantity()
            .setValue(value)
            .setUnit(unit)
            .setSystem("http://unitsofmeasure.org")
            .setCode(unit));
    client().create().resource(observation).execute();
  }

  private List<ParametersParameterComponent> features(IdType patient, Library set) {
    Parameters asked = new Parameters();
    asked.addParameter("featureSet", new StringType(canonical(set)));
    return client()
        .operation()
        .onInstance(patient)
        .named("$features")
        .withParameters(asked)
        .useHttpGet()
        .execute()
        .getParameter()
        .stream()
        .filter(p -> p.getName().equals("feature"))
        .toList();
  }

  private static String part(ParametersParameterComponent feature, String name) {
    return feature.getPart().stream()
        .filter(p -> p.getName().equals(name))
        .findFirst()
        .orElseThrow()
        .getValue()
        .primitiveValue();
  }
}
