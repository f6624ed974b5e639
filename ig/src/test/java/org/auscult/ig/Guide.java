package org.auscult.ig;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.context.support.DefaultProfileValidationSupport;
import ca.uhn.fhir.validation.FhirValidator;
import ca.uhn.fhir.validation.ResultSeverityEnum;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.hl7.fhir.common.hapi.validation.support.CommonCodeSystemsTerminologyService;
import org.hl7.fhir.common.hapi.validation.support.InMemoryTerminologyServerValidationSupport;
import org.hl7.fhir.common.hapi.validation.support.PrePopulatedValidationSupport;
import org.hl7.fhir.common.hapi.validation.support.SnapshotGeneratingValidationSupport;
import org.hl7.fhir.common.hapi.validation.support.ValidationSupportChain;
import org.hl7.fhir.common.hapi.validation.validator.FhirInstanceValidator;
import org.hl7.fhir.r4.model.CodeSystem;
import org.hl7.fhir.r4.model.CodeSystem.CodeSystemContentMode;
import org.hl7.fhir.r4.model.Enumerations.PublicationStatus;
import org.hl7.fhir.r4.model.Library;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.StructureDefinition;
import org.hl7.fhir.r4.model.ValueSet;

/** The committed guide, parsed, and HAPI's validator that knows it. */
final class Guide {
  static final String BASE = "https://auscult.org/fhir/";
  static final String STRUCTURE = BASE + "StructureDefinition/";
  static final FhirContext CONTEXT = context();
  static final Map<String, Resource> RESOURCES =
      Ig.names().stream().collect(Collectors.toMap(n -> n, Guide::parse));
  private static final FhirValidator VALIDATOR = validator();

  private Guide() {}

  /** References name versions; without this they are lost on the way to the validator. */
  private static FhirContext context() {
    FhirContext context = FhirContext.forR4();
    context.getParserOptions().setStripVersionsFromReferences(false);
    return context;
  }

  static Resource resource(String name) {
    return Objects.requireNonNull(RESOURCES.get(name), name);
  }

  static Library library(String name) {
    return (Library) resource(name);
  }

  private static Resource parse(String name) {
    return (Resource) CONTEXT.newJsonParser().parseResource(Ig.json(name));
  }

  /** Every error of a resource, where and what. */
  static List<String> errors(Resource resource) {
    return VALIDATOR.validateWithResult(resource).getMessages().stream()
        .filter(m -> m.getSeverity().ordinal() >= ResultSeverityEnum.ERROR.ordinal())
        .map(m -> m.getLocationString() + ": " + m.getMessage())
        .toList();
  }

  private static FhirValidator validator() {
    PrePopulatedValidationSupport guide = new PrePopulatedValidationSupport(CONTEXT);
    for (Resource resource : RESOURCES.values()) {
      if (resource instanceof StructureDefinition profile) {
        guide.addStructureDefinition(profile);
      } else if (resource instanceof ValueSet valueSet) {
        guide.addValueSet(valueSet);
      } else if (resource instanceof CodeSystem codeSystem) {
        guide.addCodeSystem(codeSystem);
      }
    }
    CodeSystem values = new CodeSystem();
    values.setUrl("http://terminology.hl7.org/CodeSystem/v3-ObservationValue");
    values.setStatus(PublicationStatus.ACTIVE);
    values.setContent(CodeSystemContentMode.FRAGMENT);
    values.addConcept().setCode("AIAST");
    guide.addCodeSystem(values);
    FhirInstanceValidator instances =
        new FhirInstanceValidator(
            new ValidationSupportChain(
                guide,
                new DefaultProfileValidationSupport(CONTEXT),
                new SnapshotGeneratingValidationSupport(CONTEXT),
                new CommonCodeSystemsTerminologyService(CONTEXT),
                new InMemoryTerminologyServerValidationSupport(CONTEXT)));
    instances.setErrorForUnknownProfiles(true);
    instances.setAnyExtensionsAllowed(false);
    return CONTEXT.newValidator().registerValidatorModule(instances);
  }
}
