package org.auscult.training;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.auscult.outcome.OutcomeLabel;
import org.auscult.outcome.OutcomeLabeller;
import org.auscult.outcome.ResolvedOutcome;
import org.auscult.timeline.TimelineQuery.Need;
import org.jspecify.annotations.Nullable;

/** Labels rows by an outcome definition: the same that what a model said is later held against. */
public final class OutcomeRows implements Labeller {
  private final ResolvedOutcome outcome;
  private final OutcomeLabeller labeller;

  public OutcomeRows(ResolvedOutcome outcome, OutcomeLabeller labeller) {
    this.outcome = outcome;
    this.labeller = labeller;
  }

  @Override
  public String definition() {
    return outcome.canonical();
  }

  @Override
  public List<Need> needs() {
    return outcome.needs();
  }

  @Override
  public Optional<Label> label(PatientHistory history, IndexTime index, Instant cut) {
    OutcomeLabel label = labeller.label(outcome, history.timeline(cut), index.at(), cut);
    if (label instanceof OutcomeLabel.Excluded) {
      return Optional.empty();
    }
    OutcomeLabel.Why why = label.why();
    String text =
        label instanceof OutcomeLabel.Competing competing
            ? competing.what()
            : why == null ? "" : why.code();
    return Optional.of(new Label(label.code(), value(label), label.when(), text));
  }

  /** 1 for the event and 0 for none; null where nobody can say. */
  private static @Nullable Double value(OutcomeLabel label) {
    if (label instanceof OutcomeLabel.Event) {
      return 1.0;
    }
    return label instanceof OutcomeLabel.NoEvent ? 0.0 : null;
  }
}
