package org.auscult.prediction;

import java.util.EnumSet;
import java.util.Set;

/** Our own codes of reasons for which there is no number; a model's criteria bring theirs. */
public enum ReasonCode {
  /** An input lies outside the range that the model was made for. */
  OUT_OF_RANGE("out-of-range"),
  /** The explanation does not add up. */
  EXPLANATION_INEXACT("explanation-inexact"),
  /** The model gave no finite number. */
  SCORE_NOT_FINITE("score-not-finite"),
  /** The model gave a number below 0 or above 1 for a probability. */
  NOT_A_PROBABILITY("not-a-probability"),
  /** The model gave no whole points, parts that do not add up, or a total that is in no band. */
  NOT_POINTS("not-points"),
  /** An input was not measured together with the others (safety rule 14). */
  NOT_OF_THIS_SET("not-of-this-set"),
  /** The model gave no answer within the deployment's time. */
  TIMED_OUT("timed-out"),
  /** The model could not be run. */
  MODEL_FAILED("model-failed"),
  /** The model failed so often that it is not asked for a while. */
  MODEL_PAUSED("model-paused"),
  /** It is not known which drug an order is of. */
  NOT_CHECKED("not-checked");

  private static final Set<ReasonCode> FAILURES =
      EnumSet.of(
          EXPLANATION_INEXACT,
          SCORE_NOT_FINITE,
          NOT_A_PROBABILITY,
          NOT_POINTS,
          TIMED_OUT,
          MODEL_FAILED,
          MODEL_PAUSED);

  private final String code;

  ReasonCode(String code) {
    this.code = code;
  }

  /** As in the guide's code system. */
  public String code() {
    return code;
  }

  /** Whether a code says that the model failed, so that no further data would help. */
  public static boolean isFailure(String code) {
    return FAILURES.stream().anyMatch(failure -> failure.code.equals(code));
  }
}
