package org.auscult.explanation;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Why the outputs of one run are what they are, against a reference patient, in the margin: for
 * each output base + Σ contributions = margin, checked when it was made.
 *
 * @param method {@code exact-shapley}: full enumeration of coalitions
 * @param version of the explainer
 * @param reference the reference patient in words
 * @param outputs one for each output, in the model's order
 */
public record Explanation(String method, String version, String reference, List<OfOutput> outputs) {
  public Explanation {
    Objects.requireNonNull(method);
    Objects.requireNonNull(version);
    Objects.requireNonNull(reference);
    outputs = List.copyOf(outputs);
  }

  /**
   * Of one output.
   *
   * @param base the reference patient's margin
   * @param contributions in the model's order of inputs; those that are held at the patient's own
   *     value are left out
   */
  public record OfOutput(String output, double base, List<Contribution> contributions) {
    public OfOutput {
      Objects.requireNonNull(output);
      contributions = List.copyOf(contributions);
    }
  }

  /**
   * Of one input.
   *
   * @param phi how much it adds to the margin against the reference patient's value
   */
  public record Contribution(String input, double phi) {
    public Contribution {
      Objects.requireNonNull(input);
    }
  }

  public Optional<OfOutput> output(String name) {
    return outputs.stream().filter(o -> o.output().equals(name)).findFirst();
  }
}
