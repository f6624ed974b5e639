package org.auscult.prediction;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.auscult.display.Decision;
import org.auscult.order.DraftOrder;
import org.jspecify.annotations.Nullable;

/**
 * What is kept of one call, before anything is shown: enough to make all of its resources and cards
 * again, and to replay it.
 *
 * @param id a UUID whose last byte is 0 ({@link CardId})
 * @param indexTime when the prediction was made
 * @param epoch the patient's epoch that was read; 0 if nothing of our record was
 * @param findings how many of the caller's resources could not be read
 * @param deployments what each deployment that answers made of it; indices of runs go on from one
 *     to the next
 * @param protection what of it is under special protection; null if nothing is
 * @param basis whether a replay by the epoch must give the same vectors; null in entries that were
 *     written before it was kept
 * @param drafts the orders that were about to be placed
 */
public record JournalEntry(
    UUID id,
    Instant recordedAt,
    Call call,
    Subject subject,
    Instant indexTime,
    long epoch,
    int findings,
    List<DeploymentRun> deployments,
    @Nullable Protection protection,
    @Nullable FactBasis basis,
    List<DraftOrder> drafts) {
  public JournalEntry {
    Objects.requireNonNull(id);
    Objects.requireNonNull(recordedAt);
    Objects.requireNonNull(call);
    Objects.requireNonNull(subject);
    Objects.requireNonNull(indexTime);
    deployments = List.copyOf(deployments);
    // Entries that were written before they were kept have none.
    drafts = drafts == null ? List.of() : List.copyOf(drafts);
    if (!CardId.journal(id).equals(id)) {
      throw new IllegalArgumentException("A journal id ends in 00");
    }
  }

  /** An entry of no drafts, of which nothing is under special protection. */
  public JournalEntry(
      UUID id,
      Instant recordedAt,
      Call call,
      Subject subject,
      Instant indexTime,
      long epoch,
      int findings,
      List<DeploymentRun> deployments,
      FactBasis basis) {
    this(
        id,
        recordedAt,
        call,
        subject,
        indexTime,
        epoch,
        findings,
        deployments,
        null,
        basis,
        List.of());
  }

  /** The same, with other runs of its deployments. */
  public JournalEntry with(List<DeploymentRun> runs) {
    return with(runs, protection, drafts);
  }

  /** The same, with what of it is under special protection. */
  public JournalEntry with(@Nullable Protection other) {
    return with(deployments, other, drafts);
  }

  /** The same, with the orders that were about to be placed. */
  public JournalEntry drafting(List<DraftOrder> orders) {
    return with(deployments, protection, orders);
  }

  private JournalEntry with(
      List<DeploymentRun> runs, @Nullable Protection other, List<DraftOrder> orders) {
    return new JournalEntry(
        id, recordedAt, call, subject, indexTime, epoch, findings, runs, other, basis, orders);
  }

  /** The runs of all deployments, in the order of their indices. */
  public List<ModelRun> runs() {
    return deployments.stream().flatMap(d -> d.runs().stream()).toList();
  }

  /** Whether a card was shown. */
  public boolean shows(int card) {
    return deployments.stream().flatMap(d -> d.decision(card).stream()).anyMatch(Decision::shows);
  }
}
