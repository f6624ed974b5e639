package org.auscult.server.model;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.RemovalCause;
import java.util.List;
import java.util.Optional;
import org.auscult.feature.FeatureCatalog;
import org.auscult.feature.ResolvedFeatureSet;
import org.auscult.feature.fhir.Parsed;
import org.auscult.model.ModelCatalog;
import org.auscult.model.PredictionModel;
import org.auscult.model.RegisteredModel;
import org.auscult.model.Scorer;
import org.auscult.model.fhir.PredictionModels;
import org.auscult.model.onnx.OnnxScorer;
import org.auscult.server.feature.StoredDefinitions;
import org.hl7.fhir.r4.model.Library;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The models in the FHIR store: the Library says what a model is, its Binary holds the ONNX file,
 * whose SHA-256 must be the one that the Library states.
 *
 * <p>Cache: loaded graphs by canonical and hash together, so that a graph is never another
 * version's; bounded, closed when it falls out.
 */
final class StoredModelCatalog implements ModelCatalog {
  private static final Logger LOG = LoggerFactory.getLogger(StoredModelCatalog.class);

  private record Artifact(PredictionModel model, String sha256) {}

  private final StoredDefinitions stored;
  private final FeatureCatalog features;
  private final ModelArtifacts artifacts;
  private final Cache<Artifact, Scorer> scorers =
      Caffeine.newBuilder()
          .maximumSize(200)
          .recordStats()
          .removalListener(StoredModelCatalog::close)
          .build();
  private final Cache<String, Library> libraries =
      Caffeine.newBuilder()
          .maximumSize(1_000)
          .expireAfterWrite(java.time.Duration.ofSeconds(10))
          .recordStats()
          .build();

  StoredModelCatalog(StoredDefinitions stored, FeatureCatalog features, ModelArtifacts artifacts) {
    this.stored = stored;
    this.features = features;
    this.artifacts = artifacts;
  }

  @Override
  public Optional<RegisteredModel> find(String canonical) {
    Library library = libraries.get(canonical, c -> stored.library(c).orElse(null));
    if (library == null || !PredictionModels.isOne(library)) {
      return Optional.empty();
    }
    if (!(PredictionModels.read(library) instanceof Parsed.Accepted<PredictionModel> accepted)) {
      return Optional.empty();
    }
    PredictionModel model = accepted.value();
    String sha256 = model.sha256();
    if (sha256 == null) {
      return Optional.empty();
    }
    Artifact artifact = new Artifact(model, sha256);
    Scorer scorer = scorers.get(artifact, a -> load(library, a));
    return scorer == null
        ? Optional.empty()
        : features.featureSet(model.featureSet()).flatMap(set -> registered(model, set, scorer));
  }

  private static Optional<RegisteredModel> registered(
      PredictionModel model, ResolvedFeatureSet set, Scorer scorer) {
    List<String> misfits = RegisteredModel.misfits(model, set);
    if (!misfits.isEmpty()) {
      LOG.error("Model {} does not fit its features: {}", model.canonical(), misfits);
      return Optional.empty();
    }
    return Optional.of(new RegisteredModel(model, set, scorer));
  }

  private @Nullable Scorer load(Library library, Artifact artifact) {
    String canonical = artifact.model().canonical();
    String url = library.getContentFirstRep().getUrl();
    byte[] onnx = artifacts.file(library).orElse(null);
    if (onnx == null) {
      LOG.error("Model {}: its file {} is not in the store; register it again", canonical, url);
      return null;
    }
    if (!Sha256.of(onnx).equals(artifact.sha256())) {
      LOG.error("Model {}: the file {} is not the one that was registered", canonical, url);
      return null;
    }
    try {
      return OnnxScorer.load(
          onnx, artifact.model().inputs().size(), artifact.model().outputs().size());
    } catch (IllegalArgumentException e) {
      LOG.error("Model {}: {}", canonical, e.getMessage());
      return null;
    }
  }

  private static void close(
      @Nullable Artifact artifact, @Nullable Scorer scorer, RemovalCause cause) {
    if (scorer != null) {
      scorer.close();
    }
  }
}
