package org.auscult.model;

import java.util.Optional;

/** Port: the models that are registered. */
public interface ModelCatalog {
  /**
   * A model version, ready to score.
   *
   * @param canonical {@code url|version}
   */
  Optional<RegisteredModel> find(String canonical);
}
