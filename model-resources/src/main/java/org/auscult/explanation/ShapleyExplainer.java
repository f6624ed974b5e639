package org.auscult.explanation;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.auscult.explanation.Explanation.Contribution;
import org.auscult.explanation.Explanation.OfOutput;
import org.auscult.model.PredictionModel;
import org.auscult.model.Scorer;
import org.auscult.model.Scorer.Scores;

/**
 * Exact Shapley values of a small model, by enumeration of all coalitions in one batched run.
 *
 * <p>A coalition's row takes the patient's value for its members and the reference patient's for
 * the others. An input without a reference value is held at the patient's own throughout: it is
 * context, and gets no contribution. With n attributed inputs there are 2ⁿ rows, so n is at most
 * {@value #MOST_INPUTS}.
 *
 * <p>For a linear model this gives β·(x − reference) to rounding; there is no second method to keep
 * in step.
 *
 * <p>Source: Shapley LS, A value for n-person games, 1953; for models: Lundberg and Lee, NeurIPS
 * 2017, with one background row.
 */
public final class ShapleyExplainer {
  /** Attributed inputs at the most: 4,096 rows. */
  public static final int MOST_INPUTS = 12;

  /** Raised when the same run would be explained otherwise. */
  public static final String VERSION = "1";

  private static final double TOLERANCE = 1e-9;

  private ShapleyExplainer() {}

  /** A run with its explanation, from the same batch. */
  public record Explained(Scores scores, int row, Optional<Explanation> explanation) {}

  /**
   * Scores one row and explains it.
   *
   * @param row the patient's values in the model's order
   * @return the explanation is empty if base + Σ contributions missed the margin by more than 1e-9
   *     · max(1, |margin|): a wrong explanation is withheld
   * @throws IllegalArgumentException if the model has too many attributed inputs
   */
  public static Explained explain(PredictionModel model, Scorer scorer, double[] row) {
    List<Integer> attributed = new ArrayList<>();
    for (int i = 0; i < model.inputs().size(); i++) {
      if (model.inputs().get(i).reference() != null) {
        attributed.add(i);
      }
    }
    int n = attributed.size();
    if (n > MOST_INPUTS) {
      throw new IllegalArgumentException(
          model.canonical() + " has " + n + " attributed inputs; at most " + MOST_INPUTS);
    }
    Scores scores = scorer.score(coalitions(model, row, attributed));
    int everyone = (1 << n) - 1;
    double[] weights = weights(n);
    List<OfOutput> outputs = new ArrayList<>();
    boolean exact = true;
    for (int output = 0; output < model.outputs().size(); output++) {
      double base = scores.margin(0, output);
      double sum = base;
      List<Contribution> contributions = new ArrayList<>();
      for (int j = 0; j < n; j++) {
        double phi = phi(scores, output, j, n, weights);
        sum += phi;
        contributions.add(new Contribution(model.inputs().get(attributed.get(j)).name(), phi));
      }
      double margin = scores.margin(everyone, output);
      exact &= Math.abs(sum - margin) <= TOLERANCE * Math.max(1, Math.abs(margin));
      outputs.add(new OfOutput(model.outputs().get(output).name(), base, contributions));
    }
    Explanation explanation =
        new Explanation("exact-shapley", VERSION, ReferencePatient.inWords(model), outputs);
    return new Explained(scores, everyone, exact ? Optional.of(explanation) : Optional.empty());
  }

  /** A coalition's row is that of the same coalition without its last member, with one more. */
  private static double[][] coalitions(
      PredictionModel model, double[] row, List<Integer> attributed) {
    double[][] rows = new double[1 << attributed.size()][];
    double[] nobody = row.clone();
    for (int input : attributed) {
      Double reference = model.inputs().get(input).reference();
      nobody[input] = reference == null ? Double.NaN : reference;
    }
    rows[0] = nobody;
    for (int coalition = 1; coalition < rows.length; coalition++) {
      double[] mixed = rows[coalition & (coalition - 1)].clone();
      int member = attributed.get(Integer.numberOfTrailingZeros(coalition));
      mixed[member] = row[member];
      rows[coalition] = mixed;
    }
    return rows;
  }

  private static double phi(Scores scores, int output, int player, int n, double[] weights) {
    double phi = 0;
    int bit = 1 << player;
    for (int coalition = 0; coalition < 1 << n; coalition++) {
      if ((coalition & bit) == 0) {
        double gain = scores.margin(coalition | bit, output) - scores.margin(coalition, output);
        phi += weights[Integer.bitCount(coalition)] * gain;
      }
    }
    return phi;
  }

  /** |S|! (n − |S| − 1)! / n! by the size of S. */
  private static double[] weights(int n) {
    double[] weights = new double[Math.max(n, 1)];
    for (int size = 0; size < n; size++) {
      double choose = 1;
      for (int k = 1; k <= size; k++) {
        choose = choose * (n - k) / k;
      }
      weights[size] = 1 / (n * choose);
    }
    return weights;
  }
}
