package org.auscult.training;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.auscult.outcome.OutcomeLabel;
import org.auscult.outcome.OutcomeLabeller;
import org.auscult.outcome.ResolvedOutcome;
import org.auscult.timeline.TimelineQuery.Need;

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
    if (label instanceof OutcomeLabel.Event event) {
      return Optional.of(new Label(label.code(), 1.0, event.time(), ""));
    }
    if (label instanceof OutcomeLabel.NoEvent none) {
      return Optional.of(new Label(label.code(), 0.0, none.followedUntil(), ""));
    }
    if (label instanceof OutcomeLabel.Competing competing) {
      return Optional.of(new Label(label.code(), null, competing.time(), competing.what()));
    }
    OutcomeLabel.Censored censored = (OutcomeLabel.Censored) label;
    return Optional.of(new Label(label.code(), null, censored.at(), censored.reason().code()));
  }
}
