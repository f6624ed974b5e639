package org.auscult.model;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** A catalog in memory, for tests of whatever predicts. */
public final class InMemoryModelCatalog implements ModelCatalog {
  private final Map<String, RegisteredModel> models = new HashMap<>();

  /** Registers a model under its {@code url|version}. */
  public InMemoryModelCatalog add(RegisteredModel model) {
    models.put(model.model().canonical(), model);
    return this;
  }

  @Override
  public Optional<RegisteredModel> find(String canonical) {
    return Optional.ofNullable(models.get(canonical));
  }
}
