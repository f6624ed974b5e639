package org.auscult.server.journal;

import ca.uhn.fhir.jpa.api.dao.IFhirSystemDao;
import ca.uhn.fhir.rest.api.server.SystemRequestDetails;
import ca.uhn.fhir.rest.param.ParameterUtil;
import ca.uhn.fhir.util.UrlUtil;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.auscult.model.ModelCatalog;
import org.auscult.model.PredictionModel;
import org.auscult.model.fhir.PredictionResources;
import org.auscult.prediction.JournalEntry;
import org.auscult.prediction.ModelRun;
import org.auscult.prediction.Subject;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleType;
import org.hl7.fhir.r4.model.Bundle.HTTPVerb;
import org.hl7.fhir.r4.model.Meta;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Resource;

/**
 * Writes through HAPI's system DAO: one transaction of PUTs. A patient of another server gets a
 * minimal Patient here, with that server's identifier and nothing else (safety rule 2).
 */
final class FhirResourceWriter implements ResourceWriter {
  private final IFhirSystemDao<Bundle, Meta> systemDao;
  private final ModelCatalog models;

  FhirResourceWriter(IFhirSystemDao<Bundle, Meta> systemDao, ModelCatalog models) {
    this.systemDao = systemDao;
    this.models = models;
  }

  @Override
  public void write(List<JournalEntry> entries) {
    Transaction transaction = new Transaction();
    for (JournalEntry entry : entries) {
      String subject = transaction.subject(entry.subject());
      for (ModelRun run : entry.runs()) {
        if (run.result() instanceof ModelRun.Result.Predicted) {
          transaction.put(PredictionResources.device(model(run.model())));
        }
      }
      PredictionResources.render(entry, subject, this::model).forEach(transaction::put);
    }
    transaction.execute(systemDao);
  }

  @Override
  public void writeAnswers(List<Answer> answers) {
    Transaction transaction = new Transaction();
    for (Answer answer : answers) {
      String subject = transaction.subject(answer.entry().subject());
      transaction.put(
          PredictionResources.feedback(
              answer.id(), answer.feedback(), answer.entry(), subject, this::model));
    }
    transaction.execute(systemDao);
  }

  private PredictionModel model(String canonical) {
    return models
        .find(canonical)
        .orElseThrow(() -> new IllegalStateException("Model " + canonical + " is gone"))
        .model();
  }

  /** One bundle; the same resource twice in it stands there once. */
  private static final class Transaction {
    private final Map<String, Resource> puts = new LinkedHashMap<>();
    private final Map<Subject, String> foreign = new LinkedHashMap<>();

    String subject(Subject subject) {
      if (subject.isOurs()) {
        return "Patient/" + subject.id();
      }
      return foreign.computeIfAbsent(
          subject,
          s ->
              "urn:uuid:"
                  + UUID.nameUUIDFromBytes(
                      (s.origin() + " " + s.id()).getBytes(StandardCharsets.UTF_8)));
    }

    void put(Resource resource) {
      puts.put(resource.fhirType() + "/" + resource.getIdElement().getIdPart(), resource);
    }

    void execute(IFhirSystemDao<Bundle, Meta> systemDao) {
      Bundle bundle = new Bundle().setType(BundleType.TRANSACTION);
      foreign.forEach(
          (subject, urn) -> {
            Patient patient = new Patient();
            patient.addIdentifier().setSystem(subject.origin()).setValue(subject.id());
            bundle
                .addEntry()
                .setFullUrl(urn)
                .setResource(patient)
                .getRequest()
                .setMethod(HTTPVerb.POST)
                .setUrl("Patient")
                .setIfNoneExist(
                    "identifier=" + escaped(subject.origin()) + "|" + escaped(subject.id()));
          });
      List<Map.Entry<String, Resource>> entries = new ArrayList<>(puts.entrySet());
      entries.forEach(
          put ->
              bundle
                  .addEntry()
                  .setResource(put.getValue())
                  .getRequest()
                  .setMethod(HTTPVerb.PUT)
                  .setUrl(put.getKey()));
      if (bundle.hasEntry()) {
        systemDao.transaction(new SystemRequestDetails(), bundle);
      }
    }

    /** Once for the token's own separators, once for the URL. */
    private static String escaped(String text) {
      return UrlUtil.escapeUrlParam(ParameterUtil.escape(text));
    }
  }
}
