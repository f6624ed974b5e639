package org.auscult.server.operation;

import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.server.exceptions.ForbiddenOperationException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.auscult.access.fhir.AccessSessions;
import org.auscult.deidentification.ProtectedCodes;
import org.auscult.feature.ResolvedFeatureSet;
import org.auscult.model.ModelCatalog;
import org.auscult.model.PredictionModel;
import org.auscult.model.RegisteredModel;
import org.auscult.model.SensitiveInputs;
import org.auscult.outcome.ResolvedOutcome;
import org.auscult.prediction.JournalEntry;
import org.auscult.prediction.Protection;
import org.auscult.prediction.ProtectionFinder;
import org.auscult.prediction.Redaction;
import org.auscult.timeline.PatientTimeline;

/**
 * What operations may tell of conditions under special protection, to whoever asks (safety rule
 * 34).
 */
final class NamedToUsers {
  private static final String FEATURES = "$features";
  private static final String LABEL = "$label";
  private static final String PREDICT = "$predict";

  private final AccessSessions sessions;
  private final ModelCatalog models;
  private final ProtectedCodes codes;
  private final ProtectionFinder finder;

  NamedToUsers(
      AccessSessions sessions, ModelCatalog models, ProtectedCodes codes, ProtectionFinder finder) {
    this.sessions = sessions;
    this.models = models;
    this.codes = codes;
    this.finder = finder;
  }

  /** Refuses a set that names what may not be named. */
  void requireNamed(RequestDetails request, String patient, ResolvedFeatureSet set) {
    require(request, FEATURES, patient, labels(set));
  }

  /** Those of these patients of whose values a count may be made. */
  Set<String> countable(
      RequestDetails request, Collection<String> patients, ResolvedFeatureSet set) {
    return sessions.countable(request, patients, labels(set));
  }

  private Set<String> labels(ResolvedFeatureSet set) {
    return SensitiveInputs.protectedLabels(List.of(set), codes);
  }

  /** Refuses an outcome that names what may not be named. */
  void requireNamed(RequestDetails request, String patient, ResolvedOutcome outcome) {
    require(request, LABEL, patient, SensitiveInputs.protectedLabels(outcome.sources(), codes));
  }

  /** Refuses a model whose results are about what may not be named. */
  void requireNamed(RequestDetails request, String patient, PredictionModel model) {
    require(request, PREDICT, patient, model.labelsOfResults());
  }

  private void require(
      RequestDetails request, String operation, String patient, Set<String> labels) {
    if (!labels.isEmpty() && !sessions.mayName(request, operation, patient, labels)) {
      throw new ForbiddenOperationException(
          operation + " would tell of what is under special protection, and not open to you.");
    }
  }

  /** What of an entry is protected, and whether it may be named. */
  JournalEntry found(RequestDetails request, JournalEntry entry, PatientTimeline timeline) {
    Map<String, Set<String>> labels =
        timeline.isLabelled() ? sessions.labels(timeline.patient()) : Map.of();
    Optional<Protection> found = finder.of(entry.deployments(), timeline, labels);
    return found
        .map(
            protection ->
                entry.with(
                    protection.named(
                        sessions.mayName(
                            request,
                            PREDICT,
                            timeline.patient(),
                            Set.copyOf(protection.labels())))))
        .orElse(entry);
  }

  /** As the one who asked may see it. */
  JournalEntry open(JournalEntry entry) {
    return Redaction.forCaller(
        entry, canonical -> models.find(canonical).map(RegisteredModel::model));
  }
}
