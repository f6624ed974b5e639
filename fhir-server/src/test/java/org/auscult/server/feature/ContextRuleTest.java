package org.auscult.server.feature;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.rest.server.exceptions.BaseServerResponseException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.auscult.feature.fhir.ContextUrls;
import org.auscult.feature.fhir.FeatureUrls;
import org.auscult.server.ServerTest;
import org.hl7.fhir.r4.model.BooleanType;
import org.hl7.fhir.r4.model.CanonicalType;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.Duration;
import org.hl7.fhir.r4.model.Enumerations.PublicationStatus;
import org.hl7.fhir.r4.model.Extension;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Library;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Observation.ObservationStatus;
import org.hl7.fhir.r4.model.OperationOutcome;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Parameters.ParametersParameterComponent;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Patient.LinkType;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.RelatedArtifact.RelatedArtifactType;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.StringType;
import org.hl7.fhir.r4.model.Type;
import org.hl7.fhir.r4.model.ValueSet;
import org.junit.jupiter.api.Test;

/** Context rules over HTTP: taken, named, held to, and followed where the record is silent. */
class ContextRuleTest extends ServerTest {
  private static final String SHIPPED =
      "https://auscult.org/fhir/Library/context-glucose-meal|1.0.0";
  private static final String LOINC = "http://loinc.org";

  private final String base = "https://context.example.org/" + UUID.randomUUID();

  @Test
  void aMealLendsItsContextAndAMergedPatientsDoes() throws Exception {
    create(feature("fed", SHIPPED, PublicationStatus.ACTIVE));
    String set = set("fed");
    IdType patient = patient();
    IdType other = patient();
    observe(patient, "2345-7", "2024-03-01T10:00:00Z", "150", "mg/dL");
    assertThat(((Coding) part(asked(patient, set), "missing")).getCode()).isEqualTo("not-recorded");

    String meal = observe(other, "9059-7", "2024-03-01T08:30:00Z", "60", "g");
    assertThat(((Coding) part(asked(patient, set), "missing")).getCode()).isEqualTo("not-recorded");

    Patient merged = client().read().resource(Patient.class).withId(other).execute();
    merged.addLink().setType(LinkType.REPLACEDBY).setOther(new Reference(patient.getValue()));
    client().update().resource(merged).execute();

    ParametersParameterComponent fed = asked(patient, set);
    assertThat(((Quantity) part(fed, "value")).getValue()).isEqualByComparingTo("150");
    assertThat(part(fed, "text").primitiveValue())
        .isEqualTo("context inferred for 1 of 1 by " + SHIPPED);
    assertThat(fed.getPart())
        .filteredOn(p -> p.getName().equals("evidence"))
        .extracting(p -> ((Reference) p.getValue()).getReference())
        .hasSize(2)
        .contains(meal);
  }

  @Test
  void refusesAWrongRuleWithAllReasonsAtOnce() throws Exception {
    Library wrong = rule("wrong", PublicationStatus.ACTIVE);
    wrong.setRelatedArtifact(null);
    wrong
        .getDataRequirementFirstRep()
        .getCodeFilterFirstRep()
        .setValueSet("urn:none|1")
        .getCodeFirstRep()
        .setSystem("http://loinc.com");
    Extension fact = wrong.getExtensionByUrl(ContextUrls.FACT);
    fact.addExtension("code", new Coding("urn:no-such-system", "x", null));
    fact.addExtension("valueSet", new CanonicalType("urn:neither|1"));
    wrong.addExtension(ContextUrls.ZONE, new CodeType("Europe/Nowhere"));
    wrong.addExtension(fact.copy());

    assertThat(refusals(wrong))
        .anyMatch(why -> why.contains("there is no evidence"))
        .anyMatch(why -> why.contains("http://loinc.com is not known here"))
        .anyMatch(why -> why.contains("urn:no-such-system is not known here"))
        .anyMatch(why -> why.contains("urn:none|1 is not here"))
        .anyMatch(why -> why.contains("urn:neither|1 is not here"))
        .anyMatch(why -> why.contains("'Europe/Nowhere' is no time zone"))
        .anyMatch(why -> why.contains("intervals 0 and 1 overlap"));
  }

  @Test
  void refusesAFeatureThatItsRuleDoesNotFit() throws Exception {
    Library wrong = feature("misfit", SHIPPED, PublicationStatus.ACTIVE);
    ((Coding) wrong.getExtensionByUrl(FeatureUrls.CONTEXT).getValue()).setCode("1");
    wrong.getDataRequirementFirstRep().getCodeFilterFirstRep().getCodeFirstRep().setCode("2339-3");
    assertThat(refusals(wrong))
        .anyMatch(why -> why.contains("gives no context http://snomed.info/sct|1"))
        .anyMatch(why -> why.contains("concerns none of the facts"));

    assertThat(refusals(feature("alone", base + "/none|1.0.0", PublicationStatus.ACTIVE)))
        .anyMatch(why -> why.contains("/none|1.0.0 is no context rule that is here"));
    Library half = feature("half", SHIPPED, PublicationStatus.ACTIVE);
    half.getExtension().removeIf(e -> e.getUrl().equals(FeatureUrls.CONTEXT_RULE));
    assertThat(refusals(half)).anyMatch(why -> why.contains("a context and its rule go together"));
  }

  @Test
  void hasTheLifeOfADefinition() throws Exception {
    Library rule = rule("meals", PublicationStatus.DRAFT);
    rule.setId(create(rule));
    String canonical = rule.getUrl() + "|1.0.0";
    assertThat(refusals(feature("early", canonical, PublicationStatus.ACTIVE)))
        .anyMatch(why -> why.contains("is a draft"));
    rule.setStatus(PublicationStatus.ACTIVE);
    client().update().resource(rule).execute();
    create(feature("settled", canonical, PublicationStatus.ACTIVE));

    Library changed = rule.copy();
    changed
        .getExtensionByUrl(ContextUrls.FACT)
        .getExtensionByUrl("most")
        .setValue(new Duration().setValue(3).setCode("h"));
    assertThat(issues(() -> client().update().resource(changed).execute()))
        .anyMatch(why -> why.contains("is active and does not change"));
    changed.setId((String) null);
    changed.setVersion("1.1.0");
    assertThat(refusals(changed)).anyMatch(why -> why.contains("Publish it as 2.0.0"));
    changed.setVersion("2");
    assertThat(refusals(changed)).anyMatch(why -> why.contains("is no semantic version"));

    Parameters usage =
        client()
            .operation()
            .onInstance(rule.getIdElement().toUnqualifiedVersionless())
            .named("$usage")
            .withNoParameters(Parameters.class)
            .useHttpGet()
            .execute();
    assertThat(fhirContext.newJsonParser().encodeResourceToString(usage))
        .contains(base + "/settled|1.0.0");
    assertThat(conflict(() -> client().delete().resource(rule).execute()))
        .contains("is used by " + base + "/settled|1.0.0");
  }

  @Test
  void aChangeOfItsValueSetIsSeen() throws Exception {
    ValueSet meals = new ValueSet();
    meals.setUrl(base + "/meals").setVersion("1").setStatus(PublicationStatus.ACTIVE);
    meals.getCompose().addInclude().setSystem(LOINC).addConcept().setCode("9059-7");
    meals.setId(create(meals));
    Library rule = rule("by-set", PublicationStatus.ACTIVE);
    rule.getExtensionByUrl(ContextUrls.FACT)
        .addExtension("valueSet", new CanonicalType(base + "/meals|1"));
    rule.getExtensionByUrl(ContextUrls.FACT)
        .getExtension()
        .removeIf(e -> e.getUrl().equals("code"));
    rule.setId(create(rule));
    assertThat(
            client()
                .read()
                .resource(Library.class)
                .withId(rule.getIdElement().toUnqualifiedVersionless())
                .execute()
                .getExtensionString(FeatureUrls.EXPANSION))
        .hasSize(64);
    create(feature("by_set", rule.getUrl() + "|1.0.0", PublicationStatus.ACTIVE));
    String set = set("by_set");
    IdType patient = patient();
    observe(patient, "2345-7", "2024-03-01T10:00:00Z", "150", "mg/dL");
    observe(patient, "9059-7", "2024-03-01T08:30:00Z", "60", "g");
    assertThat(((Quantity) part(asked(patient, set), "value")).getValue())
        .isEqualByComparingTo("150");

    ValueSet more = meals.copy();
    more.getCompose().getIncludeFirstRep().addConcept().setCode("9052-2");
    client().update().resource(more).execute();

    assertThat(issues(failure(() -> asked(patient, set), 400)))
        .anyMatch(why -> why.contains("do not expand to what they did"));
    client().update().resource(meals).execute();
    assertThat(((Quantity) part(asked(patient, set), "value")).getValue())
        .isEqualByComparingTo("150");
  }

  /** The shipped rule under a name of its own. */
  private Library rule(String name, PublicationStatus status) throws Exception {
    String json =
        Files.readString(
            Path.of("../ig/src/main/resources/org/auscult/ig/Library-context-glucose-meal.json"));
    Library rule = fhirContext.newJsonParser().parseResource(Library.class, json);
    rule.setId((String) null);
    rule.setUrl(base + "/" + name).setStatus(status);
    return rule;
  }

  private Library feature(String name, String rule, PublicationStatus status) {
    Library library = library(name, FeatureUrls.FEATURE_DEFINITION, "logic-library");
    library.setStatus(status);
    library.addExtension(FeatureUrls.OPERATOR, new CodeType("latest"));
    library.addExtension(FeatureUrls.UNIT, new CodeType("mg/dL"));
    library.addExtension(
        FeatureUrls.CONTEXT, new Coding("http://snomed.info/sct", "24863003", null));
    library.addExtension(FeatureUrls.CONTEXT_RULE, new CanonicalType(rule));
    library
        .addDataRequirement()
        .setType("Observation")
        .addCodeFilter()
        .setPath("code")
        .addCode(new Coding(LOINC, "2345-7", null));
    return library;
  }

  private Library library(String name, String profile, String type) {
    Library library = new Library();
    library.getMeta().addProfile(profile);
    library.setUrl(base + "/" + name).setVersion("1.0.0").setName(name);
    library.setStatus(PublicationStatus.ACTIVE);
    library
        .getType()
        .addCoding()
        .setSystem("http://terminology.hl7.org/CodeSystem/library-type")
        .setCode(type);
    return library;
  }

  private String set(String member) {
    Library set = library(member + "-set", FeatureUrls.FEATURE_SET, "asset-collection");
    set.addRelatedArtifact()
        .setType(RelatedArtifactType.COMPOSEDOF)
        .setResource(base + "/" + member + "|1.0.0");
    create(set);
    return set.getUrl() + "|1.0.0";
  }

  private IdType create(Resource resource) {
    return (IdType)
        client().create().resource(resource).execute().getId().toUnqualifiedVersionless();
  }

  private IdType patient() {
    return create(new Patient().setActiveElement(new BooleanType(true)));
  }

  /** Its versioned reference. */
  private String observe(IdType patient, String code, String at, String value, String unit) {
    Observation observation = new Observation();
    observation.setStatus(ObservationStatus.FINAL);
    observation.setSubject(new Reference(patient.getValue()));
    observation.getCode().addCoding().setSystem(LOINC).setCode(code);
    observation.setEffective(new DateTimeType(at));
    observation.setValue(
        new Quantity()
            .setValue(new BigDecimal(value))
            .setUnit(unit)
            .setSystem("http://unitsofmeasure.org")
            .setCode(unit));
    return create(observation).getValue() + "/_history/1";
  }

  private ParametersParameterComponent asked(IdType patient, String set) {
    Parameters asked = new Parameters();
    asked.addParameter("featureSet", new StringType(set));
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
        .findFirst()
        .orElseThrow();
  }

  private static Type part(ParametersParameterComponent feature, String name) {
    return feature.getPart().stream()
        .filter(p -> p.getName().equals(name))
        .map(ParametersParameterComponent::getValue)
        .findFirst()
        .orElseThrow(() -> new AssertionError("no " + name + " in " + feature.getPart()));
  }

  private List<String> refusals(Library library) {
    return issues(() -> client().create().resource(library).execute());
  }

  private static List<String> issues(Callable<?> call) {
    return issues(failure(call, 422));
  }

  private static List<String> issues(BaseServerResponseException failure) {
    OperationOutcome outcome =
        (OperationOutcome) Objects.requireNonNull(failure.getOperationOutcome());
    return outcome.getIssue().stream().map(i -> i.getDiagnostics()).toList();
  }

  private static String conflict(Callable<?> call) {
    return String.valueOf(failure(call, 409).getMessage());
  }

  private static BaseServerResponseException failure(Callable<?> call, int status) {
    try {
      call.call();
    } catch (BaseServerResponseException e) {
      assertThat(e.getStatusCode()).isEqualTo(status);
      return e;
    } catch (Exception e) {
      throw new AssertionError(e);
    }
    throw new AssertionError("It was accepted");
  }
}
