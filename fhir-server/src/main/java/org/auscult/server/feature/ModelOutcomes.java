package org.auscult.server.feature;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.auscult.feature.Lookback;
import org.auscult.feature.fhir.Problem;
import org.auscult.model.ModelOutput;
import org.auscult.model.PredictionModel;
import org.auscult.model.fhir.ModelUrls;
import org.auscult.outcome.OutcomeCatalog;
import org.auscult.outcome.ResolvedOutcome;
import org.hl7.fhir.r4.model.Enumerations.PublicationStatus;
import org.hl7.fhir.r4.model.Library;

/** What a model predicts is what its outcome definitions observe, over the same horizon. */
final class ModelOutcomes {
  private final OutcomeCatalog outcomes;
  private final StoredDefinitions stored;

  ModelOutcomes(OutcomeCatalog outcomes, StoredDefinitions stored) {
    this.outcomes = outcomes;
    this.stored = stored;
  }

  List<Problem> problems(Library library, PredictionModel model) {
    List<Problem> problems = new ArrayList<>();
    for (int i = 0; i < model.outputs().size(); i++) {
      ModelOutput output = model.outputs().get(i);
      String canonical = output.outcome();
      if (canonical == null) {
        continue;
      }
      String where = "Library.extension('" + ModelUrls.OUTPUT + "')[" + i + "].outcome";
      Optional<ResolvedOutcome> outcome = outcomes.outcome(canonical);
      if (outcome.isEmpty()) {
        problems.add(
            new Problem(
                where,
                canonical + " is no outcome definition that is here",
                "Create it first, or correct the canonical."));
        continue;
      }
      Lookback asked = output.horizon();
      Lookback observed = outcome.get().definition().horizon().length();
      if (asked != null && observed != null && !asked.equals(observed)) {
        problems.add(
            new Problem(
                where,
                canonical + " looks " + words(observed) + " ahead, and the output " + words(asked),
                "Name a definition of the same horizon."));
      }
      PublicationStatus status =
          stored.library(canonical).map(Library::getStatus).orElse(PublicationStatus.NULL);
      if (library.getStatus() == PublicationStatus.ACTIVE && status == PublicationStatus.DRAFT) {
        problems.add(
            new Problem(
                where,
                canonical + " is a draft, and what is active cannot rest on it",
                "Activate it first, or store the model as a draft."));
      }
    }
    return problems;
  }

  private static String words(Lookback length) {
    return length.amount() + " " + length.unit().ucum();
  }
}
