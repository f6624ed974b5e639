package org.auscult.server.guide;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.rest.annotation.IdParam;
import ca.uhn.fhir.rest.annotation.Operation;
import ca.uhn.fhir.rest.annotation.OperationParam;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.lang.reflect.ParameterizedType;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.auscult.ig.Ig;
import org.auscult.server.ServerTest;
import org.auscult.server.config.FhirEndpointConfiguration.FhirOperations;
import org.hl7.fhir.instance.model.api.IBase;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.CapabilityStatement;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.DateType;
import org.hl7.fhir.r4.model.Enumerations.AdministrativeGender;
import org.hl7.fhir.r4.model.Group;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Observation.ObservationStatus;
import org.hl7.fhir.r4.model.OperationDefinition;
import org.hl7.fhir.r4.model.OperationDefinition.OperationDefinitionParameterComponent;
import org.hl7.fhir.r4.model.OperationDefinition.OperationParameterUse;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Parameters.ParametersParameterComponent;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.StringType;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Our operations are what the guide's OperationDefinitions say, in code, metadata and answers. */
class OperationsTest extends ServerTest {
  private static final String CKD_EPI = "https://auscult.org/fhir/Library/ckd-epi-2021|1.0.0";
  private static final String PREVENT = "https://auscult.org/fhir/Library/prevent-2023|1.0.0";
  private static final String CKD_EPI_INPUTS =
      "https://auscult.org/fhir/Library/ckd-epi-inputs|1.0.0";
  private static final String PREVENT_INPUTS =
      "https://auscult.org/fhir/Library/prevent-inputs|1.0.0";

  @Autowired private List<FhirOperations> operations;

  @Test
  void methodsTakeWhatTheGuideSays() {
    Map<String, OperationDefinition> guide = guide();
    Map<String, Set<String>> takes = new TreeMap<>();
    Map<String, Set<String>> levels = new TreeMap<>();
    Map<String, Set<String>> types = new TreeMap<>();
    for (Method method : methods()) {
      Operation operation = method.getAnnotation(Operation.class);
      OperationDefinition definition =
          Objects.requireNonNull(guide.get(operation.canonicalUrl()), operation.canonicalUrl());
      assertThat("$" + definition.getCode()).isEqualTo(operation.name());
      assertThat(definition.getAffectsState()).isEqualTo(!operation.idempotent());
      boolean isOfServer = operation.type() == IBaseResource.class;
      Set<String> ofUrl = types.computeIfAbsent(operation.canonicalUrl(), u -> new TreeSet<>());
      if (!isOfServer) {
        ofUrl.add(fhirContext.getResourceType(operation.type()));
      }
      String ofType = has(method, IdParam.class) ? "instance" : "type";
      levels
          .computeIfAbsent(operation.canonicalUrl(), u -> new TreeSet<>())
          .add(isOfServer ? "system" : ofType);
      for (Parameter parameter : method.getParameters()) {
        OperationParam in = parameter.getAnnotation(OperationParam.class);
        if (in != null) {
          String type = fhirContext.getElementDefinition(implementing(parameter)).getName();
          takes
              .computeIfAbsent(operation.canonicalUrl(), u -> new LinkedHashSet<>())
              .add(in.name() + " " + type + " " + in.min() + ".." + most(in));
        }
      }
    }

    assertThat(levels.keySet()).isEqualTo(guide.keySet());
    guide.forEach(
        (url, definition) -> {
          Set<String> level = new TreeSet<>();
          if (definition.getInstance()) {
            level.add("instance");
          }
          if (definition.getType()) {
            level.add("type");
          }
          if (definition.getSystem()) {
            level.add("system");
          }
          assertThat(levels.get(url)).as(url).isEqualTo(level);
          assertThat(definition.getResource())
              .as(url)
              .extracting(r -> r.getValue())
              .containsExactlyInAnyOrderElementsOf(types.get(url));
          assertThat(takes.getOrDefault(url, Set.of()))
              .as(url)
              .containsExactlyElementsOf(
                  definition.getParameter().stream()
                      .filter(p -> p.getUse() == OperationParameterUse.IN)
                      .map(
                          p ->
                              p.getName()
                                  + " "
                                  + p.getType()
                                  + " "
                                  + p.getMin()
                                  + ".."
                                  + p.getMax())
                      .toList());
        });
  }

  @Test
  void metadataPointsAtTheGuidesDefinitionsWhichCanBeRead() {
    CapabilityStatement metadata =
        client().capabilities().ofType(CapabilityStatement.class).execute();
    Map<String, String> stated =
        Stream.concat(
                metadata.getRestFirstRep().getOperation().stream(),
                metadata.getRestFirstRep().getResource().stream()
                    .flatMap(r -> r.getOperation().stream()))
            .filter(o -> o.getDefinition().startsWith("https://auscult.org/"))
            .collect(
                Collectors.toMap(o -> o.getDefinition(), o -> o.getName(), OperationsTest::same));

    Map<String, OperationDefinition> guide = guide();
    assertThat(stated.keySet()).isEqualTo(guide.keySet());
    guide.forEach(
        (url, definition) -> {
          assertThat(stated).containsEntry(url, definition.getCode());
          OperationDefinition read =
              client()
                  .read()
                  .resource(OperationDefinition.class)
                  .withId(definition.getIdElement().getIdPart())
                  .execute();
          assertThat(read.getUrl()).isEqualTo(url);
          assertThat(read.getParameter()).hasSameSizeAs(definition.getParameter());
        });
  }

  @Test
  void answersHoldWhatTheGuideSaysAndNothingElse() throws Exception {
    String patient = patient();
    create(creatinine(patient, "0.9"));
    create(creatinine(patient, "1.3"));
    String unmeasured = patient();

    Map<String, Set<String>> seen = new TreeMap<>();
    check(seen, "patient-features", ask(patient, "$features", "featureSet", CKD_EPI_INPUTS));
    check(
        seen,
        "patient-features",
        ask(patient, "$features", "featureSet", PREVENT_INPUTS, "epoch", "1"));
    check(seen, "patient-label", label(patient, "potassium-above-6"));
    check(seen, "patient-label", label(patient, "in-hospital-death"));
    check(seen, "patient-timeline", ask(patient, "$timeline"));
    check(seen, "patient-predict", ask(patient, "$predict", "model", CKD_EPI));
    check(seen, "patient-predict", ask(patient, "$predict", "model", PREVENT));
    check(seen, "patient-predict", ask(unmeasured, "$predict", "model", CKD_EPI));
    check(seen, "patient-rebuild-timeline", ask(patient, "$rebuild-timeline"));
    check(
        seen,
        "patient-rebuild-timeline",
        client()
            .operation()
            .onType(Patient.class)
            .named("$rebuild-timeline")
            .withParameter(Parameters.class, "count", new StringType("1"))
            .execute());

    check(seen, "audit-head", askServer("$audit-head"));
    check(seen, "audit-proof", askServer("$audit-proof", "index", "0"));
    check(seen, "audit-consistency", askServer("$audit-consistency", "first", "1"));
    check(seen, "audit-verify", askServer("$audit-verify"));
    check(seen, "audit-archive", askServer("$audit-archive"));
    check(seen, "audit-archives", askServer("$audit-archives"));
    check(seen, "rotate-key", askServer("$rotate-key", "purpose", "record-signature"));
    check(seen, "skew", askServer("$skew", "sample", "20"));
    check(seen, "freshness", askServer("$freshness", "sample", "20"));
    awaitReport(patient);
    check(seen, "patient-access-report", ask(patient, "$access-report"));
    check(seen, "user-report", askServer("$user-report", "user", "Practitioner/1"));
    check(seen, "patient-ai-report", ask(patient, "$ai-report"));

    // All of these have their branch above; the others need records of other kinds.
    assertThat(seen.get("patient-features"))
        .contains("feature.value", "feature.evidence", "feature.missing", "feature.known");
    assertThat(seen.get("patient-label")).contains("label", "time", "reason", "detail");
    assertThat(seen.get("patient-timeline"))
        .contains("fact.source", "fact.code", "fact.value", "fact.knownFrom", "fact.author");
    assertThat(seen.get("patient-predict"))
        .contains("run.resource", "run.output.value", "run.not-assessed.code");
    assertThat(seen.get("patient-rebuild-timeline")).contains("patient", "patients", "next");
    assertThat(seen.get("patient-access-report")).contains("access.entity", "access.address");
    assertThat(seen.get("patient-ai-report"))
        .contains("call.time", "prediction.output.value", "prediction.contribution.input");
  }

  @Test
  void answersAboutDefinitionsHoldWhatTheGuideSays() {
    Map<String, Set<String>> seen = new TreeMap<>();
    check(seen, "definition-usage", askLibrary("feature-creatinine", "$usage"));
    check(
        seen,
        "definition-diff",
        askLibrary(
            "feature-creatinine",
            "$diff",
            "with",
            "https://auscult.org/fhir/Library/feature-body-weight|1.0.0"));
    Group cohort = new Group();
    cohort.setType(Group.GroupType.PERSON).setActual(true);
    for (int i = 0; i < 24; i++) {
      String patient = patient();
      cohort.addMember().getEntity().setReference("Patient/" + patient);
      create(creatinine(patient, "1." + (i + 10)));
    }
    check(
        seen,
        "definition-profile",
        askLibrary("ckd-epi-inputs", "$profile", "group", create(cohort), "at", "2199-01-01"));
    check(
        seen,
        "definition-profile",
        askLibrary("feature-creatinine", "$profile", "group", create(cohort)));

    assertThat(seen.get("definition-usage"))
        .contains("restsOn.kind", "usedBy.title", "usedBy.live", "usedBy.resource");
    assertThat(seen.get("definition-diff"))
        .contains("change.before", "change.after", "change.removed", "change.text");
    assertThat(seen.get("definition-profile"))
        .contains(
            "values.mean",
            "values.count.patients",
            "values.unit.unit",
            "values.value.value",
            "values.bin.patients");
  }

  private Parameters askLibrary(String id, String operation, String... namesAndValues) {
    return client()
        .operation()
        .onInstance("Library/" + id)
        .named(operation)
        .withParameters(question(namesAndValues))
        .execute();
  }

  /** The log puts events in order within a second. */
  private void awaitReport(String patient) throws InterruptedException {
    for (int i = 0; i < 100 && !ask(patient, "$ai-report").hasParameter("prediction"); i++) {
      Thread.sleep(100);
    }
  }

  /** Names, types and cardinalities, at every depth. */
  private void check(Map<String, Set<String>> seen, String id, Parameters answer) {
    OperationDefinition definition =
        Objects.requireNonNull(
            guide().get("https://auscult.org/fhir/OperationDefinition/" + id), id);
    check(
        seen.computeIfAbsent(id, i -> new TreeSet<>()),
        "",
        definition.getParameter().stream()
            .filter(p -> p.getUse() == OperationParameterUse.OUT)
            .toList(),
        answer.getParameter());
  }

  private void check(
      Set<String> seen,
      String path,
      List<OperationDefinitionParameterComponent> stated,
      List<ParametersParameterComponent> given) {
    Set<String> known = new HashSet<>();
    for (OperationDefinitionParameterComponent parameter : stated) {
      known.add(parameter.getName());
      String name = path + parameter.getName();
      List<ParametersParameterComponent> values =
          given.stream().filter(p -> p.getName().equals(parameter.getName())).toList();
      assertThat(values).as(name).hasSizeGreaterThanOrEqualTo(parameter.getMin());
      if (!parameter.getMax().equals("*")) {
        assertThat(values).as(name).hasSizeLessThanOrEqualTo(Integer.parseInt(parameter.getMax()));
      }
      for (ParametersParameterComponent value : values) {
        seen.add(name);
        if (!parameter.hasType()) {
          check(seen, name + ".", parameter.getPart(), value.getPart());
        } else if (parameter.getType().equals("Element")) {
          assertThat(value.hasValue()).as(name).isTrue();
        } else {
          assertThat(value.getValue().fhirType()).as(name).isEqualTo(parameter.getType());
        }
      }
    }
    assertThat(known)
        .as("under '%s'", path)
        .containsAll(given.stream().map(ParametersParameterComponent::getName).toList());
  }

  private Parameters label(String patient, String outcome) {
    return ask(
        patient,
        "$label",
        "definition",
        "https://auscult.org/fhir/Library/outcome-" + outcome + "|1.0.0",
        "indexTime",
        "2024-05-03");
  }

  private Parameters askServer(String operation, String... namesAndValues) {
    return client()
        .operation()
        .onServer()
        .named(operation)
        .withParameters(question(namesAndValues))
        .execute();
  }

  private static Parameters question(String... namesAndValues) {
    Parameters question = new Parameters();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      question.addParameter(namesAndValues[i], new StringType(namesAndValues[i + 1]));
    }
    return question;
  }

  private Parameters ask(String patient, String operation, String... namesAndValues) {
    Parameters question = question(namesAndValues);
    return client()
        .operation()
        .onInstance("Patient/" + patient)
        .named(operation)
        .withParameters(question)
        .execute();
  }

  private List<Method> methods() {
    List<Method> methods =
        operations.stream()
            .flatMap(o -> o.providers().stream())
            .flatMap(provider -> Arrays.stream(provider.getClass().getMethods()))
            .filter(method -> method.isAnnotationPresent(Operation.class))
            .toList();
    assertThat(methods).hasSizeGreaterThanOrEqualTo(5);
    return methods;
  }

  private Map<String, OperationDefinition> guide() {
    return Ig.names().stream()
        .filter(name -> name.startsWith("OperationDefinition-"))
        .map(
            name ->
                fhirContext.newJsonParser().parseResource(OperationDefinition.class, Ig.json(name)))
        .collect(Collectors.toMap(OperationDefinition::getUrl, o -> o));
  }

  private static boolean has(Method method, Class<? extends Annotation> annotation) {
    return Arrays.stream(method.getParameters()).anyMatch(p -> p.isAnnotationPresent(annotation));
  }

  private static Class<? extends IBase> implementing(Parameter parameter) {
    Class<?> type =
        parameter.getParameterizedType() instanceof ParameterizedType list
            ? (Class<?>) list.getActualTypeArguments()[0]
            : parameter.getType();
    return type.asSubclass(IBase.class);
  }

  private static String most(OperationParam parameter) {
    return parameter.max() == OperationParam.MAX_UNLIMITED ? "*" : "1";
  }

  /** An operation on several types stands at each of them, under one name. */
  private static String same(String one, String other) {
    assertThat(other).isEqualTo(one);
    return one;
  }

  private String patient() {
    Patient patient = new Patient().setGender(AdministrativeGender.FEMALE);
    patient.setBirthDateElement(new DateType("1970-02-03"));
    return create(patient);
  }

  private String create(Resource resource) {
    return client().create().resource(resource).execute().getId().getIdPart();
  }

  private static Observation creatinine(String patient, String value) {
    Observation observation = new Observation();
    observation.setStatus(ObservationStatus.FINAL);
    observation.setSubject(new Reference("Patient/" + patient));
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
}
