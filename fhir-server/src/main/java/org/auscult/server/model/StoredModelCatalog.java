package org.auscult.server.model;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import com.github.benmanes.caffeine.cache.RemovalCause;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiFunction;
import org.auscult.deidentification.ProtectedCodes;
import org.auscult.feature.FeatureCatalog;
import org.auscult.feature.ResolvedFeatureSet;
import org.auscult.feature.fhir.Parsed;
import org.auscult.model.ModelCatalog;
import org.auscult.model.PredictionModel;
import org.auscult.model.RegisteredModel;
import org.auscult.model.Scorer;
import org.auscult.model.SensitiveInputs;
import org.auscult.model.fhir.PredictionModels;
import org.auscult.model.onnx.OnnxScorer;
import org.auscult.server.feature.StoredDefinitions;
import org.hl7.fhir.r4.model.Enumerations.PublicationStatus;
import org.hl7.fhir.r4.model.Library;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The models in the FHIR store: the Library says what a model is, its Binary holds the ONNX file,
 * whose SHA-256 must be the one that the Library states.
 *
 * <p>A draft predicts nothing (safety rule 17). A retired one does for who names it: a retry must
 * still show the card that it made.
 *
 * <p>Caches. Loaded graphs: by canonical, hash and shape together, so that a graph is never another
 * version's; bounded, closed when it falls out. Libraries, read: by canonical, bounded, for ten
 * seconds at the most; one that is asked for all the time is read anew beside the calls, so that
 * none of them waits for it.
 */
final class StoredModelCatalog implements ModelCatalog {
  private static final Logger LOG = LoggerFactory.getLogger(StoredModelCatalog.class);
  private static final Duration LONGEST = Duration.ofSeconds(10);
  private static final Duration REFRESHED = Duration.ofSeconds(5);

  private record Artifact(String canonical, String sha256, int inputs, int outputs) {}

  /**
   * A Library as it was read.
   *
   * @param last what was last made of it: stands while features and graph are the same ones
   */
  private record Read(
      Library library,
      PredictionModel model,
      Artifact artifact,
      AtomicReference<@Nullable RegisteredModel> last) {}

  private final StoredDefinitions stored;
  private final FeatureCatalog features;
  private final ModelArtifacts artifacts;
  private final ProtectedCodes protectedCodes;
  private final BiFunction<String, Scorer, Scorer> watched;
  private final Cache<Artifact, Scorer> scorers =
      Caffeine.newBuilder()
          .maximumSize(200)
          .recordStats()
          .removalListener(StoredModelCatalog::close)
          .build();
  private final LoadingCache<String, Read> libraries =
      Caffeine.newBuilder()
          .maximumSize(1_000)
          .expireAfterWrite(LONGEST)
          .refreshAfterWrite(REFRESHED)
          .recordStats()
          .build(this::read);

  /**
   * @param watched takes a model's canonical and its scorer, and gives the one to be used
   */
  StoredModelCatalog(
      StoredDefinitions stored,
      FeatureCatalog features,
      ModelArtifacts artifacts,
      ProtectedCodes protectedCodes,
      BiFunction<String, Scorer, Scorer> watched) {
    this.protectedCodes = protectedCodes;
    this.watched = watched;
    this.stored = stored;
    this.features = features;
    this.artifacts = artifacts;
  }

  @Override
  public Optional<RegisteredModel> find(String canonical) {
    Read read = libraries.get(canonical);
    if (read == null) {
      return Optional.empty();
    }
    Scorer scorer = scorers.get(read.artifact(), a -> load(read.library(), a));
    return scorer == null
        ? Optional.empty()
        : features
            .featureSet(read.model().featureSet())
            .flatMap(set -> registered(read, set, scorer));
  }

  private @Nullable Read read(String canonical) {
    Library library = stored.library(canonical).orElse(null);
    if (library == null
        || library.getStatus() == PublicationStatus.DRAFT
        || !PredictionModels.isOne(library)
        || !(PredictionModels.read(library) instanceof Parsed.Accepted<PredictionModel> accepted)) {
      return null;
    }
    PredictionModel model = accepted.value();
    String sha256 = model.sha256();
    if (sha256 == null) {
      return null;
    }
    Artifact artifact =
        new Artifact(model.canonical(), sha256, model.inputs().size(), model.outputs().size());
    return new Read(library, model, artifact, new AtomicReference<>());
  }

  /** What a model's register does not name counts all the same: it may be older than registers. */
  private Optional<RegisteredModel> registered(Read read, ResolvedFeatureSet set, Scorer scorer) {
    RegisteredModel last = read.last().get();
    if (last != null && last.features() == set && last.scorer() == scorer) {
      return Optional.of(last);
    }
    PredictionModel model = read.model();
    List<String> misfits = RegisteredModel.misfits(model, set);
    if (!misfits.isEmpty()) {
      LOG.error("Model {} does not fit its features: {}", model.canonical(), misfits);
      return Optional.empty();
    }
    RegisteredModel registered =
        new RegisteredModel(SensitiveInputs.completed(model, set, protectedCodes), set, scorer);
    read.last().set(registered);
    return Optional.of(registered);
  }

  private @Nullable Scorer load(Library library, Artifact artifact) {
    String canonical = artifact.canonical();
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
      return watched.apply(canonical, OnnxScorer.load(onnx, artifact.inputs(), artifact.outputs()));
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
