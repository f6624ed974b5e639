package org.auscult.deployment;

import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

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
