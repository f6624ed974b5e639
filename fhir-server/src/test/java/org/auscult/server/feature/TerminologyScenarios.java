package org.auscult.server.feature;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.rest.client.api.IGenericClient;
import ca.uhn.fhir.rest.server.exceptions.BaseServerResponseException;
import java.math.BigDecimal;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.auscult.feature.fhir.FeatureUrls;
import org.hl7.fhir.r4.model.BooleanType;
import org.hl7.fhir.r4.model.CanonicalType;
import org.hl7.fhir.r4.model.CodeSystem;
import org.hl7.fhir.r4.model.CodeSystem.CodeSystemContentMode;
import org.hl7.fhir.r4.model.CodeSystem.ConceptDefinitionComponent;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.ConceptMap;
import org.hl7.fhir.r4.model.Condition;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.Enumerations.ConceptMapEquivalence;
import org.hl7.fhir.r4.model.Enumerations.PublicationStatus;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Library;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Observation.ObservationStatus;
import org.hl7.fhir.r4.model.OperationOutcome;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Parameters.ParametersParameterComponent;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.RelatedArtifact;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.StringType;
import org.hl7.fhir.r4.model.Type;
import org.hl7.fhir.r4.model.ValueSet;
import org.hl7.fhir.r4.model.ValueSet.FilterOperator;
import org.jspecify.annotations.Nullable;

/** What terminology does to features, over HTTP; the same on each database. */
final class TerminologyScenarios {
  private static final String LIBRARY_TYPE = "http://terminology.hl7.org/CodeSystem/library-type";
  private static final String LOINC = "http://loinc.org";
  private static final String GLUCOSE = "2345-7";
  private static final int GROUPS = 50;
  private static final int IN_GROUP = 60;

  private final IGenericClient client;

  /** Of this run alone: tests share a store. */
  private final String base = "https://terminology.example.org/" + UUID.randomUUID();

  TerminologyScenarios(IGenericClient client) {
    this.client = client;
  }

  /** A hierarchy of 3,053 concepts, nested and by the property parent. */
  CodeSystem diseases() {
    CodeSystem system = new CodeSystem();
    system.setUrl(base + "/diseases").setVersion("1").setStatus(PublicationStatus.ACTIVE);
    system.setContent(CodeSystemContentMode.COMPLETE);
    ConceptDefinitionComponent root = system.addConcept().setCode("root");
    for (int group = 0; group < GROUPS; group++) {
      ConceptDefinitionComponent parent = root.addConcept().setCode("g" + group);
      for (int leaf = 0; leaf < IN_GROUP; leaf++) {
        parent.addConcept().setCode("g" + group + "-" + leaf);
      }
    }
    system
        .addConcept()
        .setCode("linked")
        .addProperty()
        .setCode("parent")
        .setValue(new CodeType("g7"));
    system.addConcept().setCode("elsewhere");
    return system;
  }

  ValueSet valueSet(String name, FilterOperator op, String property, String value) {
    ValueSet valueSet = new ValueSet();
    valueSet.setUrl(base + "/" + name).setVersion("1").setStatus(PublicationStatus.ACTIVE);
    valueSet
        .getCompose()
        .addInclude()
        .setSystem(base + "/diseases")
        .addFilter()
        .setProperty(property)
        .setOp(op)
        .setValue(value);
    return valueSet;
  }

  void descendantsCountToTheLast() {
    client.create().resource(diseases()).execute();
    ValueSet below = valueSet("below", FilterOperator.ISA, "concept", "root");
    client.create().resource(below).execute();
    IdType definition = create(definition("ill", "Condition", "count", "1", below));
    IdType patient = patient();
    // Itself, a child, a grandchild, the last of 3,052, one by its property, and one of none.
    for (String code : List.of("root", "g0", "g3-4", "g49-59", "linked", "elsewhere")) {
      condition(patient, base + "/diseases", code);
    }

    ParametersParameterComponent ill = feature(patient, set("ill"));

    assertThat(((Quantity) part(ill, "value")).getValue()).isEqualByComparingTo("5");
    assertThat(part(ill, "expansion").primitiveValue())
        .hasSize(64)
        .isEqualTo(
            client
                .read()
                .resource(Library.class)
                .withId(definition)
                .execute()
                .getExtensionString(FeatureUrls.EXPANSION));
  }

  void whatCannotBeExpandedWhollyIsRefused() {
    CodeSystem part = diseases();
    part.setUrl(base + "/part").setContent(CodeSystemContentMode.FRAGMENT);
    client.create().resource(part).execute();
    ValueSet ofPart = valueSet("of-part", FilterOperator.ISA, "concept", "root");
    ofPart.getCompose().getIncludeFirstRep().setSystem(base + "/part");
    client.create().resource(ofPart).execute();

    assertThat(refusal(definition("of_part", "Condition", "exists", "1", ofPart)))
        .anyMatch(why -> why.contains("does not hold all of its codes (content fragment)"));
  }

  void aChangeOfAValueSetIsSeen() {
    client.create().resource(diseases()).execute();
    ValueSet chosen = valueSet("chosen", FilterOperator.DESCENDENTOF, "concept", "g1");
    chosen.setId(client.create().resource(chosen).execute().getId().toUnqualifiedVersionless());
    create(definition("chosen", "Condition", "exists", "1", chosen));
    IdType patient = patient();
    condition(patient, base + "/diseases", "g1-0");
    String set = set("chosen");
    assertThat(part(feature(patient, set), "value").primitiveValue()).isEqualTo("true");

    ValueSet changed = chosen.copy();
    changed.getCompose().addExclude().setSystem(base + "/diseases").addConcept().setCode("g1-9");
    client.update().resource(changed).execute();

    assertThat(refusal(() -> feature(patient, set)))
        .anyMatch(why -> why.contains("do not expand to what they did"));

    client.update().resource(chosen).execute();
    assertThat(part(feature(patient, set), "value").primitiveValue()).isEqualTo("true");
  }

  void aDefinitionThatStatesAnotherHashIsRefused() {
    client.create().resource(diseases()).execute();
    ValueSet stated = valueSet("stated", FilterOperator.DESCENDENTOF, "concept", "g1");
    client.create().resource(stated).execute();
    Library definition = definition("stated", "Condition", "exists", "1", stated);
    definition.addExtension(FeatureUrls.EXPANSION, new StringType("0".repeat(64)));

    assertThat(refusal(definition)).anyMatch(why -> why.contains("when it became active"));
  }

  void aMappingLetsLocalCodesCount() {
    Library glucose = definition("glucose", "Observation", "latest", "mg/dL", null);
    glucose
        .getDataRequirementFirstRep()
        .addCodeFilter()
        .setPath("code")
        .addCode(new Coding(LOINC, GLUCOSE, null));
    create(glucose);
    String set = set("glucose");
    IdType patient = patient();
    String observation = observation(patient, base + "/lab", "GLU", "5.5", "mmol per l");
    assertThat(((Coding) part(feature(patient, set), "missing")).getCode())
        .isEqualTo("not-recorded");

    ConceptMap map = mapping();
    map.setId(client.create().resource(map).execute().getId().toUnqualifiedVersionless());
    ParametersParameterComponent mapped = feature(patient, set);

    // 5.5 mmol/L of glucose, 180.16 g/mol.
    assertThat(((Quantity) part(mapped, "value")).getValue()).isEqualByComparingTo("99.088");
    assertThat(((Reference) part(mapped, "evidence")).getReference()).isEqualTo(observation);
    assertThat(part(mapped, "mapping").primitiveValue()).hasSize(64);

    map.getGroupFirstRep().getElementFirstRep().setCode("GLUC");
    assertThat(refusal(() -> client.update().resource(map).execute()))
        .anyMatch(why -> why.contains("is active and does not change"));
    map.getGroupFirstRep().getElementFirstRep().setCode("GLU");
    map.setStatus(PublicationStatus.RETIRED);
    client.update().resource(map).execute();
    assertThat(((Coding) part(feature(patient, set), "missing")).getCode())
        .isEqualTo("not-recorded");
  }

  void aNewVersionOfAMappingTakesOver() {
    Library glucose = definition("taken", "Observation", "latest", "mg/dL", null);
    glucose
        .getDataRequirementFirstRep()
        .addCodeFilter()
        .setPath("code")
        .addCode(new Coding(LOINC, GLUCOSE, null));
    create(glucose);
    String set = set("taken");
    IdType patient = patient();
    observation(patient, base + "/lab", "SUGAR", "90", "mg/dL");
    client.create().resource(mapping()).execute();
    ConceptMap next = mapping();
    next.setVersion("2");
    next.getGroupFirstRep().getElementFirstRep().setCode("SUGAR");
    client.create().resource(next).execute();
    ParametersParameterComponent byNext = feature(patient, set);
    assertThat(((Quantity) part(byNext, "value")).getValue()).isEqualByComparingTo("90");

    observation(patient, base + "/lab", "GLU", "100", "mg/dL");
    assertThat(((Quantity) part(feature(patient, set), "value")).getValue())
        .as("the code of the former version counts no longer")
        .isEqualByComparingTo("90");
  }

  void aWrongMappingIsRefusedWithAllReasons() {
    ConceptMap wrong = mapping();
    wrong.setVersion(null);
    wrong.getGroupFirstRep().getElementFirstRep().getTargetFirstRep().setEquivalence(null);
    wrong.getGroup().get(1).getElementFirstRep().setCode("kg");

    assertThat(refusal(() -> client.create().resource(wrong).execute()))
        .anyMatch(why -> why.contains("ConceptMap.version"))
        .anyMatch(why -> why.contains("equivalence"));
  }

  /** The local glucose, and how this laboratory writes its unit. */
  private ConceptMap mapping() {
    ConceptMap map = new ConceptMap();
    map.getMeta().addProfile(FeatureUrls.SOURCE_MAPPING);
    map.setUrl(base + "/mapping").setVersion("1").setStatus(PublicationStatus.ACTIVE);
    map.addGroup()
        .setSource(base + "/lab")
        .setTarget(LOINC)
        .addElement()
        .setCode("GLU")
        .addTarget()
        .setCode(GLUCOSE)
        .setEquivalence(ConceptMapEquivalence.EQUIVALENT);
    map.addGroup()
        .setSource(FeatureUrls.RECORDED_UNIT_SYSTEM)
        .setTarget("http://unitsofmeasure.org")
        .addElement()
        .setCode("mmol per l")
        .addTarget()
        .setCode("mmol/L")
        .setEquivalence(ConceptMapEquivalence.EQUAL);
    return map;
  }

  Library definition(
      String name, String type, String operator, String unit, @Nullable ValueSet valueSet) {
    Library library = library(name, FeatureUrls.FEATURE_DEFINITION, "logic-library");
    library.addExtension(FeatureUrls.OPERATOR, new CodeType(operator));
    library.addExtension(FeatureUrls.UNIT, new CodeType(unit));
    library.addDataRequirement().setType(type);
    if (valueSet != null) {
      library
          .getDataRequirementFirstRep()
          .addCodeFilter()
          .setPath("code")
          .setValueSetElement(new CanonicalType(valueSet.getUrl() + "|" + valueSet.getVersion()));
    }
    return library;
  }

  private Library library(String name, String profile, String type) {
    Library library = new Library();
    library.getMeta().addProfile(profile);
    library.setUrl(base + "/Library/" + name).setVersion("1.0.0").setName(name);
    library.setStatus(PublicationStatus.ACTIVE);
    library.getType().addCoding().setSystem(LIBRARY_TYPE).setCode(type);
    return library;
  }

  /** A set of one member. */
  private String set(String member) {
    Library set = library(member + "-set", FeatureUrls.FEATURE_SET, "asset-collection");
    set.addRelatedArtifact()
        .setType(RelatedArtifact.RelatedArtifactType.COMPOSEDOF)
        .setResource(base + "/Library/" + member + "|1.0.0");
    create(set);
    return set.getUrl() + "|1.0.0";
  }

  private IdType create(Resource resource) {
    return (IdType) client.create().resource(resource).execute().getId().toUnqualifiedVersionless();
  }

  private IdType patient() {
    return create(new Patient().setActiveElement(new BooleanType(true)));
  }

  private void condition(IdType patient, String system, String code) {
    Condition condition = new Condition();
    condition.setSubject(new Reference(patient.getValue()));
    condition.getCode().addCoding().setSystem(system).setCode(code);
    condition.setOnset(new DateTimeType("2024-03-01"));
    client.create().resource(condition).execute();
  }

  /** Its versioned reference. */
  private String observation(
      IdType patient, String system, String code, String value, String unit) {
    Observation observation = new Observation();
    observation.setStatus(ObservationStatus.FINAL);
    observation.setSubject(new Reference(patient.getValue()));
    observation.getCode().addCoding().setSystem(system).setCode(code);
    observation.setEffective(new DateTimeType("2024-03-01T10:00:00Z"));
    observation.setValue(new Quantity().setValue(new BigDecimal(value)).setUnit(unit));
    return "Observation/"
        + client.create().resource(observation).execute().getId().getIdPart()
        + "/_history/1";
  }

  private ParametersParameterComponent feature(IdType patient, String set) {
    Parameters asked = new Parameters();
    asked.addParameter("featureSet", new StringType(set));
    return client
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
        .orElseThrow(() -> new AssertionError("no " + name + " in " + feature.getPart().size()));
  }

  private List<String> refusal(Library definition) {
    return refusal(() -> client.create().resource(definition).execute());
  }

  private static List<String> refusal(Runnable call) {
    try {
      call.run();
    } catch (BaseServerResponseException e) {
      OperationOutcome outcome = (OperationOutcome) Objects.requireNonNull(e.getOperationOutcome());
      return outcome.getIssue().stream().map(issue -> issue.getDiagnostics()).toList();
    }
    throw new AssertionError("It was accepted");
  }
}
