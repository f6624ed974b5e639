package org.auscult.order;

import java.util.List;
import java.util.Objects;
import org.auscult.timeline.Code;
import org.jspecify.annotations.Nullable;

/**
 * What one rule says of one order; an order of several ingredients has one for each.
 *
 * @param order the caller's reference: {@code MedicationRequest/12}
 * @param orderText what is ordered, for people; empty if the order does not say
 * @param ingredient null where no rule speaks of what is ordered
 * @param outcome what came of it
 * @param remarks what else to know, for people: a transplanted kidney, an unknown body size
 */
public record OrderFinding(
    String order,
    String orderText,
    @Nullable Ingredient ingredient,
    Outcome outcome,
    List<String> remarks) {
  public OrderFinding {
    Objects.requireNonNull(order);
    Objects.requireNonNull(orderText);
    Objects.requireNonNull(outcome);
    remarks = List.copyOf(remarks);
  }

  /** The kinds of outcome, closed. */
  public enum Kind {
    ADVISED,
    CLEAR,
    UNSTABLE,
    ON_DIALYSIS,
    NOT_ASSESSED,
    NOT_CHECKED,
    NO_RULE
  }

  /** Which kind the outcome is of. */
  public Kind kind() {
    return outcome.kind();
  }

  /** Its reference and kind alone: what is ordered is a patient's. */
  @Override
  public String toString() {
    return "OrderFinding(" + order + ", " + kind() + ")";
  }

  /** The ingredient that a rule speaks of. */
  public record Ingredient(Code code, String title) {
    public Ingredient {
      Objects.requireNonNull(code);
      Objects.requireNonNull(title);
    }
  }

  /** What came of it. */
  public sealed interface Outcome {
    Kind kind();

    /** A band applies. */
    record Advised(DoseBand band, RenalEstimate estimate, RuleSource source) implements Outcome {
      public Advised {
        Objects.requireNonNull(band);
        Objects.requireNonNull(estimate);
        Objects.requireNonNull(source);
      }

      @Override
      public Kind kind() {
        return Kind.ADVISED;
      }
    }

    /** Checked, and there is nothing to say. */
    record Clear(RenalEstimate estimate, RuleSource source) implements Outcome {
      public Clear {
        Objects.requireNonNull(estimate);
        Objects.requireNonNull(source);
      }

      @Override
      public Kind kind() {
        return Kind.CLEAR;
      }
    }

    /** The kidneys are not in a steady state: no number is trusted, and that is said. */
    record Unstable(String text, List<String> evidence) implements Outcome {
      public Unstable {
        Objects.requireNonNull(text);
        evidence = List.copyOf(evidence);
      }

      @Override
      public Kind kind() {
        return Kind.UNSTABLE;
      }
    }

    /** The patient is on dialysis: rules by clearance or eGFR do not apply, and that is said. */
    record OnDialysis(String text, List<String> evidence) implements Outcome {
      public OnDialysis {
        Objects.requireNonNull(text);
        evidence = List.copyOf(evidence);
      }

      @Override
      public Kind kind() {
        return Kind.ON_DIALYSIS;
      }
    }

    /** A rule speaks of it, but what it needs is missing. */
    record NotAssessed(List<Gap> gaps) implements Outcome {
      public NotAssessed {
        gaps = List.copyOf(gaps);
        if (gaps.isEmpty()) {
          throw new IllegalArgumentException("What is not assessed has a reason");
        }
      }

      @Override
      public Kind kind() {
        return Kind.NOT_ASSESSED;
      }
    }

    /** Nobody can tell which drug this is: said aloud. */
    record NotChecked(String text) implements Outcome {
      public NotChecked {
        Objects.requireNonNull(text);
      }

      @Override
      public Kind kind() {
        return Kind.NOT_CHECKED;
      }
    }

    /** A drug that is known and that no rule speaks of, or no drug at all: silent. */
    record NoRule() implements Outcome {
      @Override
      public Kind kind() {
        return Kind.NO_RULE;
      }
    }
  }
}
