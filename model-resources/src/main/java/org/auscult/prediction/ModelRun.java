package org.auscult.prediction;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.auscult.explanation.Explanation;
import org.auscult.feature.FeatureVector;

/**
 * One run of one model version on one patient.
 *
 * @param index its number within the call; part of the resources' ids
 * @param model {@code url|version}
 * @param vector the features as they were read
 */
public record ModelRun(int index, String model, FeatureVector vector, Result result) {
  public ModelRun {
    Objects.requireNonNull(model);
    Objects.requireNonNull(vector);
    Objects.requireNonNull(result);
  }

  /** The same, under another number. */
  public ModelRun at(int number) {
    return number == index ? this : new ModelRun(number, model, vector, result);
  }

  /** Whether there is no number because the model itself failed, and not for want of data. */
  public boolean hasFailed() {
    return result instanceof Result.NotAssessed notAssessed
        && notAssessed.reasons().stream().anyMatch(r -> ReasonCode.isFailure(r.code()));
  }

  /** What came of it. */
  public sealed interface Result {
    /** The model spoke. */
    record Predicted(List<InputValue> inputs, List<Score> scores, Explanation explanation)
        implements Result {
      public Predicted {
        inputs = List.copyOf(inputs);
        scores = List.copyOf(scores);
        Objects.requireNonNull(explanation);
      }

      /** The outputs' values by name. */
      public Map<String, Double> values() {
        Map<String, Double> values = new LinkedHashMap<>();
        scores.forEach(s -> values.put(s.output(), s.value()));
        return values;
      }
    }

    /** It is not for this patient: no number, no card. */
    record NotEligible(List<Reason> reasons) implements Result {
      public NotEligible {
        reasons = List.copyOf(reasons);
      }
    }

    /** It is for this patient, but something that it needs is missing or out of range. */
    record NotAssessed(List<Reason> reasons) implements Result {
      public NotAssessed {
        reasons = List.copyOf(reasons);
      }
    }
  }
}
