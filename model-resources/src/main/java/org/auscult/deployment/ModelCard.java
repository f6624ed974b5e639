package org.auscult.deployment;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How one model's results look on a card.
 *
 * @param model {@code url|version}
 * @param label for people, with its year: {@code PREVENT 2023}
 * @param meaning what the number means and does not mean, Markdown
 * @param sourceUrl absolute address of the publication
 * @param outputs the first one is the card's headline
 * @param place where its results stand
 * @param fallback {@code url|version} of the one that speaks when this one fails, with the same
 *     outputs; null for none (safety rule 19)
 */
public record ModelCard(
    String model,
    String label,
    String meaning,
    String sourceUrl,
    List<OutputText> outputs,
    Place place,
    @Nullable String fallback) {
  public ModelCard {
    Objects.requireNonNull(model);
    Objects.requireNonNull(label);
    Objects.requireNonNull(meaning);
    Objects.requireNonNull(sourceUrl);
    Objects.requireNonNull(place);
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

  /** Where a model's results stand. */
  public enum Place {
    /** On a card of its own. */
    CARD("card"),
    /** In one line on the deployment's other cards. */
    CONTEXT("context");

    private final String code;

    Place(String code) {
      this.code = code;
    }

    /** Its code in FHIR. */
    public String code() {
      return code;
    }

    public static Optional<Place> of(String code) {
      return Arrays.stream(values()).filter(p -> p.code.equals(code)).findFirst();
    }
  }

  /** A card of its own, without a fallback. */
  public ModelCard(
      String model, String label, String meaning, String sourceUrl, List<OutputText> outputs) {
    this(model, label, meaning, sourceUrl, outputs, Place.CARD, null);
  }

  /** Whether it shows what a model says: its own, or the fallback's. */
  public boolean speaksFor(String canonical) {
    return model.equals(canonical) || canonical.equals(fallback);
  }

  public OutputText headline() {
    return outputs.get(0);
  }
}
