package org.auscult.server.journal;

import ca.uhn.fhir.interceptor.model.RequestPartitionId;
import ca.uhn.fhir.jpa.api.dao.DaoRegistry;
import ca.uhn.fhir.jpa.api.dao.IFhirResourceDao;
import ca.uhn.fhir.jpa.api.model.DaoMethodOutcome;
import ca.uhn.fhir.jpa.api.svc.IIdHelperService;
import ca.uhn.fhir.jpa.api.svc.ResolveIdentityMode;
import ca.uhn.fhir.jpa.dao.tx.IHapiTransactionService;
import ca.uhn.fhir.jpa.model.dao.JpaPid;
import ca.uhn.fhir.rest.api.server.SystemRequestDetails;
import ca.uhn.fhir.rest.api.server.storage.TransactionDetails;
import ca.uhn.fhir.rest.param.ParameterUtil;
import ca.uhn.fhir.util.UrlUtil;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import jakarta.persistence.EntityManager;
import jakarta.persistence.FlushModeType;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.auscult.model.ModelCatalog;
import org.auscult.model.PredictionModel;
import org.auscult.model.fhir.FeedbackResources;
import org.auscult.model.fhir.PredictionResources;
import org.auscult.prediction.DeploymentRun;
import org.auscult.prediction.JournalEntry;
import org.auscult.prediction.ModelRun;
import org.auscult.prediction.Subject;
import org.hl7.fhir.instance.model.api.IIdType;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Resource;

/**
 * Writes through HAPI's resource DAOs, in one transaction of PUTs. A patient of another server gets
 * a minimal Patient here, with that server's identifier and nothing else (safety rule 2).
 *
 * <p>A Bundle through HAPI's system DAO does the same, and costs twice as much: it searches every
 * resource for conditional references and writes each one twice, before and after references are
 * replaced. Ours need neither.
 */
final class FhirResourceWriter implements ResourceWriter {
  private static final Duration DEVICE_STANDS = Duration.ofSeconds(10);

  private final DaoRegistry daos;
  private final IHapiTransactionService transactions;
  private final IIdHelperService<JpaPid> ids;
  private final EntityManager record;
  private final ModelCatalog models;
  private final PredictionWatch watch;
  private final CardWatch cards;

  /** Devices that were written a moment ago; each batch names the same few. */
  private final Cache<String, Boolean> devices =
      Caffeine.newBuilder().maximumSize(1_000).expireAfterWrite(DEVICE_STANDS).build();

  /**
   * @param record of the running transaction
   */
  FhirResourceWriter(
      DaoRegistry daos,
      IHapiTransactionService transactions,
      IIdHelperService<JpaPid> ids,
      EntityManager record,
      ModelCatalog models,
      PredictionWatch watch,
      CardWatch cards) {
    this.daos = daos;
    this.transactions = transactions;
    this.ids = ids;
    this.record = record;
    this.models = models;
    this.watch = watch;
    this.cards = cards;
  }

  @Override
  public void write(List<JournalEntry> entries) {
    Set<String> written =
        inTransaction(
            batch -> {
              for (JournalEntry entry : entries) {
                String subject = batch.subject(entry.subject());
                for (ModelRun run : entry.runs()) {
                  if (run.result() instanceof ModelRun.Result.Predicted predicted) {
                    batch.put(PredictionResources.device(model(run.model())));
                    predicted.inputs().forEach(i -> i.evidence().forEach(batch::mention));
                    watch(entry, run, predicted, subject);
                  }
                }
                PredictionResources.render(entry, subject, this::model).forEach(batch::put);
                if (entry.deployments().stream().anyMatch(run -> run.deployment() != null)) {
                  cards.called(entry.id(), entry.indexTime().toEpochMilli());
                }
              }
            });
    written.stream()
        .filter(id -> id.startsWith("Device/"))
        .forEach(id -> devices.put(id, Boolean.TRUE));
  }

  private void watch(
      JournalEntry entry, ModelRun run, ModelRun.Result.Predicted predicted, String subject) {
    PredictionModel model = model(run.model());
    watch.predicted(
        new PredictionWatch.Made(
            entry.id() + "." + run.index(),
            PredictionResources.reference(entry, run, model.kind()),
            new IdType(subject).getIdPart(),
            entry.indexTime(),
            entry.deployments().stream()
                .filter(deployment -> deployment.runs().contains(run))
                .findFirst()
                .map(DeploymentRun::deployment)
                .orElse(null),
            predicted.values()),
        model);
  }

  @Override
  public void writeAnswers(List<Answer> answers) {
    inTransaction(
        batch ->
            answers.forEach(
                answer -> {
                  FeedbackResources.render(
                          answer.id(),
                          answer.feedback(),
                          answer.received(),
                          answer.entry(),
                          batch.subject(answer.entry().subject()),
                          this::model)
                      .forEach(batch::put);
                  cards.answered(answer.id(), answer.feedback());
                }));
  }

  private PredictionModel model(String canonical) {
    return models
        .find(canonical)
        .orElseThrow(() -> new IllegalStateException("Model " + canonical + " is gone"))
        .model();
  }

  /** The ids of what was written. */
  private Set<String> inTransaction(Consumer<Batch> fill) {
    TransactionDetails details = new TransactionDetails();
    return transactions
        .withSystemRequest()
        .withTransactionDetails(details)
        .execute(
            () -> {
              // Otherwise each query writes first what is waiting, and nothing is sent in batches.
              record.setFlushMode(FlushModeType.COMMIT);
              Batch batch = new Batch(details);
              fill.accept(batch);
              return batch.write();
            });
  }

  /** What one transaction writes; the same resource twice in it is written once. */
  private final class Batch {
    private final SystemRequestDetails request = new SystemRequestDetails();
    private final TransactionDetails details;
    private final Map<String, Resource> puts = new LinkedHashMap<>();
    private final Map<String, IIdType> mentioned = new LinkedHashMap<>();
    private final Map<Subject, String> foreign = new HashMap<>();

    Batch(TransactionDetails details) {
      this.details = details;
    }

    String subject(Subject subject) {
      if (!subject.isOurs()) {
        return foreign.computeIfAbsent(subject, this::patient);
      }
      String here = "Patient/" + subject.id();
      mention(here);
      return here;
    }

    /**
     * The one with this identifier; if there is none, it is created. Its id is known from here on:
     * a query within this transaction would not find it, and references to it would not be indexed.
     */
    private String patient(Subject subject) {
      Patient patient = new Patient();
      patient.addIdentifier().setSystem(subject.origin()).setValue(subject.id());
      String match =
          "Patient?identifier=" + escaped(subject.origin()) + "|" + escaped(subject.id());
      DaoMethodOutcome outcome =
          daos.getResourceDao(Patient.class).create(patient, match, true, request, details);
      IIdType here = outcome.getId().toUnqualifiedVersionless();
      details.addResolvedResourceId(here, outcome.getPersistentId());
      return here.getValue();
    }

    void put(Resource resource) {
      puts.put(resource.fhirType() + "/" + resource.getIdElement().getIdPart(), resource);
    }

    /**
     * Something here to which the resources may refer: looked up with all the others, not alone.
     */
    void mention(String reference) {
      IdType id = new IdType(reference);
      if (id.hasResourceType() && !id.isAbsolute()) {
        IIdType plain = id.toUnqualifiedVersionless();
        mentioned.put(plain.getValue(), plain);
      }
    }

    Set<String> write() {
      puts.keySet().forEach(this::mention);
      Set<String> there = resolve();
      puts.keySet().removeIf(id -> devices.getIfPresent(id) != null && there.contains(id));
      puts.values().forEach(this::write);
      return puts.keySet();
    }

    private <T extends Resource> void write(T resource) {
      @SuppressWarnings("unchecked")
      IFhirResourceDao<T> dao = (IFhirResourceDao<T>) daos.getResourceDao(resource.fhirType());
      dao.update(resource, null, true, false, request, details);
    }

    /** Asks once for everything; what is not found is not asked for again. */
    private Set<String> resolve() {
      Map<IIdType, JpaPid> found =
          ids
              .resolveResourceIdentities(
                  RequestPartitionId.allPartitions(),
                  mentioned.values(),
                  ResolveIdentityMode.includeDeleted().noCacheUnlessDeletesDisabled())
              .entrySet()
              .stream()
              .filter(
                  e -> e.getValue().getDeleted() == null || puts.containsKey(e.getKey().getValue()))
              .collect(Collectors.toMap(Map.Entry::getKey, e -> e.getValue().getPersistentId()));
      mentioned.values().forEach(id -> details.addResolvedResourceId(id, found.get(id)));
      return found.keySet().stream().map(IIdType::getValue).collect(Collectors.toSet());
    }

    /** Once for the token's own separators, once for the URL. */
    private static String escaped(String text) {
      return UrlUtil.escapeUrlParam(ParameterUtil.escape(text));
    }
  }
}
