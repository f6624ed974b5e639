package org.auscult.model.fhir;

import java.time.Instant;
import java.util.Date;
import java.util.Set;
import org.auscult.display.Markdown;
import org.auscult.outcome.OutcomeLabel;
import org.auscult.outcome.OutcomeLabel.Competing;
import org.auscult.outcome.fhir.OutcomeUrls;
import org.auscult.protection.SpecialLabels;
import org.hl7.fhir.r4.model.CanonicalType;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.InstantType;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Observation.ObservationStatus;
import org.hl7.fhir.r4.model.Provenance;
import org.hl7.fhir.r4.model.Provenance.ProvenanceEntityRole;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.StringType;
import org.hl7.fhir.r4.model.Type;

/**
 * What became of a prediction, as an Observation about it and a Provenance that names the evidence
 * once more. Each label is a version of its own: {@code issued} is up to when the record was asked.
 *
 * <p>R4's {@code derivedFrom} may not name a Condition, an Encounter, a Procedure or a Patient: so
 * all evidence stands in an extension of ours (safety rule 31). Nothing of it counts as a fact of
 * the patient.
 */
public final class LabelResources {
  private static final String PARTICIPANT =
      "http://terminology.hl7.org/CodeSystem/provenance-participant-type";

  private LabelResources() {}

  /**
   * What the label is of.
   *
   * @param id of the Observation
   * @param prediction the resource that keeps what the model said
   * @param output of the model
   * @param definition {@code url|version} of the outcome
   * @param title of the outcome, for people
   * @param subject what the patient is called here
   * @param protection labels of special protection under which the outcome is
   */
  public record Of(
      String id,
      String prediction,
      String output,
      String definition,
      String title,
      String subject,
      Instant indexTime,
      Set<String> protection) {
    public Of {
      protection = Set.copyOf(protection);
    }
  }

  /**
   * @param knownAt up to when the record was asked
   * @param isFirst whether none was written before it
   */
  public static Observation label(Of of, OutcomeLabel label, Instant knownAt, boolean isFirst) {
    Observation observation = new Observation();
    observation.setId(of.id());
    protect(observation, of).getMeta().addProfile(OutcomeUrls.LABEL);
    observation.setStatus(status(label, isFirst));
    observation.addCategory(Statement.OUTCOME_LABEL.concept());
    observation.setCode(Statement.OUTCOME_LABEL.concept().setText(of.title()));
    observation.setSubject(new Reference(of.subject()));
    observation.addFocus(new Reference(of.prediction()));
    observation.setEffective(PredictionResources.instant(of.indexTime()));
    observation.setIssued(Date.from(knownAt));
    observation.addExtension(OutcomeUrls.LABEL_DEFINITION, new CanonicalType(of.definition()));
    observation.addExtension(OutcomeUrls.LABEL_OUTPUT, new StringType(of.output()));
    observation.setValue(coded(OutcomeUrls.LABEL_SYSTEM, label.code()));
    if (label.when() != null) {
      observation.addExtension(OutcomeUrls.LABEL_TIME, PredictionResources.instant(label.when()));
    }
    if (label instanceof Competing competing) {
      component(
          observation, Statement.COMPETING_EVENT, new CodeableConcept().setText(competing.what()));
    }
    OutcomeLabel.Why why = label.why();
    if (why != null) {
      component(observation, Statement.LABEL_REASON, coded(OutcomeUrls.REASON_SYSTEM, why.code()));
      observation.addNote().setText(Markdown.escaped(why.detail()));
    }
    label
        .evidence()
        .references()
        .forEach(e -> observation.addExtension(OutcomeUrls.EVIDENCE, new Reference(e)));
    return observation;
  }

  /**
   * @param version of the Observation
   */
  public static Provenance provenance(Of of, OutcomeLabel label, Instant knownAt, long version) {
    Provenance provenance = new Provenance();
    provenance.setId(of.id() + ".provenance");
    protect(provenance, of).getMeta().addProfile(OutcomeUrls.LABEL_PROVENANCE);
    provenance.addTarget(new Reference("Observation/" + of.id() + "/_history/" + version));
    provenance.setOccurred(PredictionResources.instant(knownAt));
    provenance.setRecordedElement(new InstantType(Date.from(knownAt)));
    Reference definition = new Reference();
    definition.getIdentifier().setSystem("urn:ietf:rfc:3986").setValue(of.definition());
    provenance
        .addAgent()
        .setType(coded(PARTICIPANT, "assembler"))
        .setWho(new Reference().setDisplay("Outcome labelling"));
    provenance.addEntity().setRole(ProvenanceEntityRole.DERIVATION).setWhat(definition);
    for (String evidence : label.evidence().references()) {
      provenance.addEntity().setRole(ProvenanceEntityRole.SOURCE).setWhat(new Reference(evidence));
    }
    return provenance;
  }

  /** What may still happen is preliminary; what was said otherwise before is corrected. */
  private static ObservationStatus status(OutcomeLabel label, boolean isFirst) {
    if (label.isOpen()) {
      return ObservationStatus.PRELIMINARY;
    }
    return isFirst ? ObservationStatus.FINAL : ObservationStatus.CORRECTED;
  }

  private static <T extends Resource> T protect(T resource, Of of) {
    for (String label : of.protection().stream().sorted().toList()) {
      resource
          .getMeta()
          .addSecurity(new Coding().setSystem(SpecialLabels.system(label)).setCode(label));
    }
    return resource;
  }

  private static void component(Observation observation, Statement what, Type value) {
    observation.addComponent().setCode(what.concept()).setValue(value);
  }

  private static CodeableConcept coded(String system, String code) {
    return new CodeableConcept(new Coding().setSystem(system).setCode(code));
  }
}
