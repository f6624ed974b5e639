package org.auscult.deployment;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One version of a deployment: the CDS service that it is, the hooks that it answers, the models
 * that it runs, and how their results look. Immutable; whether it is live stands beside it.
 *
 * @param service the last part of the service's address; one service may have several deployments,
 *     on different hooks
 * @param hooks at least one
 * @param usageRequirements what a caller must know first; null if nothing
 * @param models in the order of their cards
 */
public record Deployment(
    String url,
    String version,
    String service,
    List<Hook> hooks,
    String title,
    String description,
    @Nullable String usageRequirements,
    FailureDisplay onFailure,
    List<ModelCard> models,
    List<OverrideReason> overrideReasons) {
  public Deployment {
    Objects.requireNonNull(url);
    Objects.requireNonNull(version);
    Objects.requireNonNull(title);
    Objects.requireNonNull(description);
    Objects.requireNonNull(onFailure);
    hooks = List.copyOf(hooks);
    models = List.copyOf(models);
    overrideReasons = List.copyOf(overrideReasons);
    if (!isServiceId(service)) {
      throw new IllegalArgumentException("A service id is one part of a path: " + service);
    }
    if (hooks.isEmpty() || models.isEmpty()) {
      throw new IllegalArgumentException("Deployment " + url + " has no hook or no model");
    }
  }

  /** Whether a text can stand in the path of a service. */
  public static boolean isServiceId(String text) {
    return text.matches("[A-Za-z0-9._-]{1,64}");
  }

  /** {@code url|version}. */
  public String canonical() {
    return url + "|" + version;
  }

  /** The canonicals of its models. */
  public List<String> canonicals() {
    return models.stream().map(ModelCard::model).toList();
  }

  /** How a model's card looks; empty for a model that only feeds another. */
  public Optional<ModelCard> card(String canonical) {
    return models.stream().filter(m -> m.model().equals(canonical)).findFirst();
  }
}
