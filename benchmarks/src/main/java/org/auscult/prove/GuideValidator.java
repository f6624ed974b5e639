package org.auscult.prove;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.context.support.DefaultProfileValidationSupport;
import ca.uhn.fhir.validation.FhirValidator;
import ca.uhn.fhir.validation.ResultSeverityEnum;
import java.util.List;
import org.auscult.ig.Ig;
import org.hl7.fhir.common.hapi.validation.support.CommonCodeSystemsTerminologyService;
import org.hl7.fhir.common.hapi.validation.support.InMemoryTerminologyServerValidationSupport;
import org.hl7.fhir.common.hapi.validation.support.PrePopulatedValidationSupport;
import org.hl7.fhir.common.hapi.validation.support.SnapshotGeneratingValidationSupport;
import org.hl7.fhir.common.hapi.validation.support.ValidationSupportChain;
import org.hl7.fhir.common.hapi.validation.validator.FhirInstanceValidator;
import org.hl7.fhir.r4.model.CodeSystem;
import org.hl7.fhir.r4.model.CodeSystem.CodeSystemContentMode;
import org.hl7.fhir.r4.model.Enumerations.PublicationStatus;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.StructureDefinition;
import org.hl7.fhir.r4.model.ValueSet;

/** HAPI's validator with the committed guide: a judge apart from the running server. */
final class GuideValidator {
  private final FhirValidator validator;

  GuideValidator() {
    FhirContext context = FhirContext.forR4();
    PrePopulatedValidationSupport guide = new PrePopulatedValidationSupport(context);
    for (String name : Ig.names()) {
      Resource resource = (Resource) context.newJsonParser().parseResource(Ig.json(name));
      if (resource instanceof StructureDefinition profile) {
        guide.addStructureDefinition(profile);
      } else if (resource instanceof ValueSet valueSet) {
        guide.addValueSet(valueSet);
      } else if (resource instanceof CodeSystem codeSystem) {
        guide.addCodeSystem(codeSystem);
      }
    }
    guide.addCodeSystem(observationValue());
    ValidationSupportChain chain =
        new ValidationSupportChain(
            guide,
            new DefaultProfileValidationSupport(context),
            new SnapshotGeneratingValidationSupport(context),
            new CommonCodeSystemsTerminologyService(context),
            new InMemoryTerminologyServerValidationSupport(context));
    FhirInstanceValidator instances = new FhirInstanceValidator(chain);
    instances.setErrorForUnknownProfiles(true);
    instances.setAnyExtensionsAllowed(false);
    validator = context.newValidator().registerValidatorModule(instances);
  }

  /**
   * R4's own copy of this code system is older than AIAST; HL7's terminology has it since. Only the
   * part that is used stands here, said to be a fragment.
   */
  private static CodeSystem observationValue() {
    CodeSystem values = new CodeSystem();
    values.setUrl("http://terminology.hl7.org/CodeSystem/v3-ObservationValue");
    values.setStatus(PublicationStatus.ACTIVE);
    values.setContent(CodeSystemContentMode.FRAGMENT);
    values.addConcept().setCode("AIAST").setDisplay("Artificial Intelligence asserted");
    return values;
  }

  /** Every error of a resource, where and what. */
  List<String> errors(String json) {
    return validator.validateWithResult(json).getMessages().stream()
        .filter(m -> m.getSeverity().ordinal() >= ResultSeverityEnum.ERROR.ordinal())
        .map(m -> m.getLocationString() + ": " + m.getMessage())
        .toList();
  }
}
