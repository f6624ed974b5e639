package org.auscult.server.drift;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.auscult.feature.FeatureCatalog;
import org.auscult.feature.ResolvedFeatureSet;
import org.auscult.model.PredictionModel;
import org.auscult.monitoring.cause.TracedFeature;

/** From what the features of a model are read. */
public final class ModelSources {
  private final FeatureCatalog catalog;

  public ModelSources(FeatureCatalog catalog) {
    this.catalog = catalog;
  }

  /**
   * Of each feature of a model those that read codes: itself, or what it is made of; nothing if its
   * set is not here any more.
   */
  public Map<String, List<TracedFeature>> of(PredictionModel model) {
    Map<String, List<TracedFeature>> sources = new LinkedHashMap<>();
    catalog
        .featureSet(model.featureSet())
        .ifPresent(
            set ->
                set.features()
                    .forEach(
                        feature ->
                            sources.put(
                                feature.definition().name(),
                                sources(set, feature.definition().name()))));
    return sources;
  }

  private static List<TracedFeature> sources(ResolvedFeatureSet set, String name) {
    return set.sources(name).stream().flatMap(f -> TracedFeature.from(f).stream()).toList();
  }
}
