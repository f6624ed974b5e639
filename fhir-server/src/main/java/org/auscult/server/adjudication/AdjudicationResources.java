package org.auscult.server.adjudication;

import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Set;
import org.auscult.model.fhir.PredictionResources;
import org.auscult.model.fhir.Statement;
import org.auscult.monitoring.adjudication.AdjudicationPlan;
import org.auscult.monitoring.adjudication.Judgement;
import org.auscult.outcome.fhir.OutcomeUrls;
import org.auscult.protection.SpecialLabels;
import org.hl7.fhir.r4.model.CanonicalType;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.DomainResource;
import org.hl7.fhir.r4.model.Extension;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.InstantType;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Observation.ObservationStatus;
import org.hl7.fhir.r4.model.Provenance;
import org.hl7.fhir.r4.model.Provenance.ProvenanceEntityRole;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.StringType;
import org.hl7.fhir.r4.model.Task;
import org.hl7.fhir.r4.model.Task.TaskIntent;
import org.hl7.fhir.r4.model.Task.TaskStatus;
import org.hl7.fhir.r4.model.Type;

/** Tasks that ask, and labels that people made. */
final class AdjudicationResources {
  private static final String PARTICIPANT =
      "http://terminology.hl7.org/CodeSystem/provenance-participant-type";

  private AdjudicationResources() {}

  /**
   * What a case is about.
   *
   * @param title of the outcome, for people
   * @param protection labels of special protection under which the outcome is
   */
  record About(AdjudicationPlan plan, String title, Set<String> protection) {
    About {
      protection = Set.copyOf(protection);
    }
  }

  /**
   * Asks one person. Neither the prediction nor the rule's label is named, so that nothing in it
   * leads there.
   */
  static Task task(CaseRow of, About about, int place, String person, Instant now) {
    Task task = new Task();
    task.setId(of.task(place));
    task.getMeta().addProfile(AdjudicationUrls.TASK);
    protect(task, about);
    task.setStatus(TaskStatus.REQUESTED).setIntent(TaskIntent.ORDER);
    task.setCode(Statement.ADJUDICATED_LABEL.concept());
    task.setDescription("Did this outcome happen: " + about.title() + "?");
    task.setFor(new Reference("Patient/" + of.patient()));
    task.setOwner(new Reference(person));
    task.setAuthoredOn(Date.from(now));
    task.getRestriction().getPeriod().setEnd(Date.from(now.plus(about.plan().answer())));
    input(task, "index-time", PredictionResources.instant(of.indexTime()));
    input(task, "outcome", new CanonicalType(about.plan().outcome()));
    input(task, "questionnaire", new CanonicalType(about.plan().questionnaire()));
    input(task, "guideline", new CanonicalType(about.plan().guideline().canonical()));
    input(task, "guideline-sha256", new StringType(about.plan().guideline().sha256()));
    return task;
  }

  /** What people said became of a prediction. */
  static Observation label(CaseRow of, About about, Judgement judgement, Instant now) {
    Observation observation = new Observation();
    observation.setId(of.label());
    observation.getMeta().addProfile(OutcomeUrls.ADJUDICATED_LABEL);
    protect(observation, about);
    observation.setStatus(ObservationStatus.FINAL);
    observation.addCategory(Statement.ADJUDICATED_LABEL.concept());
    observation.setCode(Statement.ADJUDICATED_LABEL.concept().setText(about.title()));
    observation.setSubject(new Reference("Patient/" + of.patient()));
    observation.addFocus(new Reference(of.prediction()));
    observation.setEffective(PredictionResources.instant(of.indexTime()));
    observation.setIssued(Date.from(now));
    observation.setValue(coded(AdjudicationUrls.VERDICT_SYSTEM, judgement.code()));
    observation.addExtension(
        OutcomeUrls.LABEL_DEFINITION, new CanonicalType(about.plan().outcome()));
    observation.addExtension(OutcomeUrls.LABEL_OUTPUT, new StringType(of.output()));
    observation.addExtension(AdjudicationUrls.BY_PLAN, new CanonicalType(about.plan().canonical()));
    observation.addExtension(guideline(about.plan().guideline()));
    for (CaseRow.Given given : of.verdicts()) {
      observation.addPerformer(new Reference(given.verdict().person()));
      observation.addDerivedFrom(
          new Reference(new IdType(given.response()).toUnqualifiedVersionless().getValue()));
    }
    return observation;
  }

  /** Of what it was made: the definition, and the answers with their versions. */
  static Provenance provenance(CaseRow of, About about, Instant now) {
    Provenance provenance = new Provenance();
    provenance.setId(of.id() + "-origin");
    provenance.getMeta().addProfile(OutcomeUrls.LABEL_PROVENANCE);
    protect(provenance, about);
    provenance.addTarget(new Reference("Observation/" + of.label() + "/_history/1"));
    provenance.setOccurred(PredictionResources.instant(now));
    provenance.setRecordedElement(new InstantType(Date.from(now)));
    for (CaseRow.Given given : of.verdicts()) {
      provenance
          .addAgent()
          .setType(coded(PARTICIPANT, "author"))
          .setWho(new Reference(given.verdict().person()));
    }
    for (String canonical : List.of(about.plan().outcome(), about.plan().guideline().canonical())) {
      Reference named = new Reference();
      named.getIdentifier().setSystem("urn:ietf:rfc:3986").setValue(canonical);
      provenance.addEntity().setRole(ProvenanceEntityRole.DERIVATION).setWhat(named);
    }
    for (CaseRow.Given given : of.verdicts()) {
      provenance
          .addEntity()
          .setRole(ProvenanceEntityRole.SOURCE)
          .setWhat(new Reference(given.response()));
    }
    return provenance;
  }

  /** The guideline as labels and reports name it. */
  static Extension guideline(AdjudicationPlan.Guideline guideline) {
    Extension extension = new Extension(AdjudicationUrls.GUIDELINE);
    extension.addExtension("document", new CanonicalType(guideline.canonical()));
    extension.addExtension("sha256", new StringType(guideline.sha256()));
    return extension;
  }

  private static void protect(DomainResource resource, About about) {
    for (String label : about.protection().stream().sorted().toList()) {
      resource
          .getMeta()
          .addSecurity(new Coding().setSystem(SpecialLabels.system(label)).setCode(label));
    }
  }

  private static void input(Task task, String name, Type value) {
    task.addInput().setValue(value).getType().setText(name);
  }

  private static CodeableConcept coded(String system, String code) {
    return new CodeableConcept(new Coding().setSystem(system).setCode(code));
  }
}
