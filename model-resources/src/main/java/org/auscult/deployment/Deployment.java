package org.auscult.deployment;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.auscult.display.DisplayRules;
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
 * @param orders how a table of order rules looks; null if orders are not checked
 * @param display when it is silent although it could speak
 * @param budget for its models, from when the patient's data are there
 * @param topic of all of its cards; null if not stated
 * @param recording whether callers are asked to keep results
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
    @Nullable OrderCard orders,
    List<OverrideReason> overrideReasons,
    DisplayRules display,
    Duration budget,
    Recording recording,
    @Nullable Topic topic) {
  /** Unless a deployment states its own. */
  public static final Duration USUAL_BUDGET = Duration.ofSeconds(1);

  public Deployment {
    Objects.requireNonNull(url);
    Objects.requireNonNull(version);
    Objects.requireNonNull(title);
    Objects.requireNonNull(description);
    Objects.requireNonNull(onFailure);
    Objects.requireNonNull(display);
    Objects.requireNonNull(recording);
    hooks = List.copyOf(hooks);
    models = List.copyOf(models);
    overrideReasons = List.copyOf(overrideReasons);
    if (!isServiceId(service)) {
      throw new IllegalArgumentException("A service id is one part of a path: " + service);
    }
    if (hooks.isEmpty() || (models.isEmpty() && orders == null)) {
      throw new IllegalArgumentException(
          "Deployment " + url + " has no hook, or neither model nor order rules");
    }
    if (budget.isNegative() || budget.isZero()) {
      throw new IllegalArgumentException("Deployment " + url + " gives its models no time");
    }
  }

  /** Shows everything each time, within the usual time, and checks no orders. */
  public Deployment(
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
    this(
        url,
        version,
        service,
        hooks,
        title,
        description,
        usageRequirements,
        onFailure,
        models,
        null,
        overrideReasons,
        DisplayRules.NONE,
        USUAL_BUDGET,
        Recording.NEVER,
        null);
  }

  /** Whether a text can stand in the path of a service. */
  public static boolean isServiceId(String text) {
    return text.matches("[A-Za-z0-9._-]{1,64}");
  }

  /** {@code url|version}. */
  public String canonical() {
    return url + "|" + version;
  }

  /** The canonicals of its models, each with its fallback after it. */
  public List<String> canonicals() {
    List<String> canonicals = new ArrayList<>();
    for (ModelCard card : models) {
      canonicals.add(card.model());
      if (card.fallback() != null) {
        canonicals.add(card.fallback());
      }
    }
    return canonicals.stream().distinct().toList();
  }

  /** The canonicals of all that it runs: models, fallbacks, order rules. */
  public List<String> needs() {
    List<String> needs = new ArrayList<>(canonicals());
    if (orders != null) {
      needs.add(orders.rules());
    }
    return needs;
  }

  /** How what a model says looks; empty for a model that only feeds another. */
  public Optional<ModelCard> card(String canonical) {
    return models.stream()
        .filter(m -> m.model().equals(canonical))
        .findFirst()
        .or(() -> models.stream().filter(m -> m.speaksFor(canonical)).findFirst());
  }

  /** Whether it answers a hook. */
  public boolean answers(Hook hook) {
    return hooks.contains(hook);
  }
}
