package org.auscult.cds;

import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What one CDS service offers: its hook, its models, and how their outputs look on a card.
 *
 * @param id the last part of its address; the same id may stand on several hooks
 * @param usageRequirements what a caller must know first; null if nothing
 * @param models in the order of their cards
 */
public record CdsService(
    String id,
    String hook,
    String title,
    String description,
    @Nullable String usageRequirements,
    List<ModelCard> models,
    List<CdsCoding> overrideReasons) {
  public CdsService {
    Objects.requireNonNull(hook);
    Objects.requireNonNull(title);
    Objects.requireNonNull(description);
    models = List.copyOf(models);
    overrideReasons = List.copyOf(overrideReasons);
    if (!id.matches("[A-Za-z0-9._-]+")) {
      throw new IllegalArgumentException("A service id is one part of a path: " + id);
    }
    if (models.isEmpty()) {
      throw new IllegalArgumentException("Service " + id + " has no model");
    }
  }

  /** The canonicals of its models. */
  public List<String> canonicals() {
    return models.stream().map(ModelCard::model).toList();
  }

  /** How a model's card looks; empty for a model that only feeds another. */
  public Optional<ModelCard> card(String canonical) {
    return models.stream().filter(m -> m.model().equals(canonical)).findFirst();
  }

  /**
   * How one model's results look on a card.
   *
   * @param model {@code url|version}
   * @param label for people, with its year: {@code PREVENT 2023}
   * @param meaning what the number means and does not mean, Markdown
   * @param sourceUrl absolute address of the publication
   * @param outputs the first one is the card's headline
   */
  public record ModelCard(
      String model, String label, String meaning, String sourceUrl, List<OutputText> outputs) {
    public ModelCard {
      Objects.requireNonNull(model);
      Objects.requireNonNull(label);
      Objects.requireNonNull(meaning);
      Objects.requireNonNull(sourceUrl);
      outputs = List.copyOf(outputs);
      if (outputs.isEmpty()) {
        throw new IllegalArgumentException("A card needs an output to show: " + model);
      }
      Set<String> names = new HashSet<>();
      outputs.forEach(o -> names.add(o.output()));
      if (names.size() < outputs.size()) {
        throw new IllegalArgumentException("An output is named twice: " + model);
      }
    }

    public OutputText headline() {
      return outputs.get(0);
    }
  }

  /**
   * How one output looks.
   *
   * @param output its name in the model
   * @param title for people, with the horizon: {@code 10-year risk of cardiovascular disease}
   * @param thresholds null for an output that is shown but bands nothing
   */
  public record OutputText(String output, String title, @Nullable Thresholds thresholds) {
    public OutputText {
      Objects.requireNonNull(output);
      Objects.requireNonNull(title);
    }
  }

  /**
   * From where an output is a warning, and critical. Both ends belong to the higher band, and what
   * is compared is the number as the card shows it, so that colour and number never disagree.
   *
   * @param warning in the unit shown: percent for a probability
   * @param critical in the same unit, not below {@code warning}
   */
  public record Thresholds(double warning, double critical) {
    public Thresholds {
      if (!(warning <= critical)) {
        throw new IllegalArgumentException("warning " + warning + " > critical " + critical);
      }
    }

    /** The indicator for a number as shown. */
    public Indicator indicator(double shown) {
      if (shown >= critical) {
        return Indicator.CRITICAL;
      }
      return shown >= warning ? Indicator.WARNING : Indicator.INFO;
    }
  }
}
