package org.auscult.timeline;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.auscult.timeline.KnownTime.Basis;

/**
 * What a stored Medication says it is, from one of its versions on until a version says otherwise;
 * and what follows for the orders, administrations and statements that name it by reference.
 *
 * <p>Time: a code counts from when the Medication said it. What was loaded as history is assumed to
 * have been known as long as whatever names it, where that was loaded as history, too.
 *
 * @param number tells a Medication's states apart, later ones have larger numbers; 0 if none is
 *     known
 * @param codes none if it was deleted, was entered in error, or has no code
 * @param from when the version that says so was stored
 * @param basis {@code RECORDED}, or {@code ASSUMED} of a declared load of history
 */
public record MedicationState(long number, List<Code> codes, Instant from, Basis basis) {
  /** Of a Medication that was never stored here. */
  public static final MedicationState UNKNOWN =
      new MedicationState(0, List.of(), Instant.EPOCH, Basis.ASSUMED);

  public MedicationState {
    codes = List.copyOf(codes);
    Objects.requireNonNull(from);
    if (basis == Basis.CALL) {
      throw new IllegalArgumentException("Only stored Medications have states");
    }
  }

  /** Of one that is gone. */
  public static MedicationState deleted(Instant at) {
    return new MedicationState(0, List.of(), at, Basis.RECORDED);
  }

  public MedicationState numbered(long newNumber) {
    return new MedicationState(newNumber, codes, from, basis);
  }

  /** The same, following another: no load of history replaces what was once known live. */
  public MedicationState after(MedicationState former) {
    return former.basis == Basis.RECORDED
        ? new MedicationState(number, codes, from, Basis.RECORDED)
        : this;
  }

  /**
   * The rows of a fact that is written while this state stands.
   *
   * @param stated as its resource alone states it, with the times and epochs that it shall have
   * @return one row; where the fact was known before its code, before that another one without,
   *     which stood in no epoch
   */
  public List<Fact> rows(Fact stated) {
    if (Medications.reference(stated).isEmpty()) {
      return List.of(stated);
    }
    Fact named = Medications.named(stated, codes);
    KnownTime known = stated.known();
    Instant since = isReconstructed(known) ? known.from() : later(from, known.from());
    if (codes.isEmpty() || since.equals(known.from())) {
      return List.of(named);
    }
    long epoch = stated.epochs().from();
    return List.of(
        stated.withKnown(known.closedAt(since), new Epochs(epoch, epoch)),
        named.withKnown(new KnownTime(since, null, known.basis()), stated.epochs()));
  }

  /**
   * The row that takes the place of one that was written in an earlier state; that one ends when
   * this one begins to be known.
   *
   * @param at when the timeline learns of this state
   * @param epoch the one in which it does
   */
  public Fact following(Fact row, Instant at, long epoch) {
    KnownTime former = row.known();
    KnownTime known =
        isReconstructed(former)
            ? new KnownTime(former.from(), null, Basis.ASSUMED)
            : KnownTime.recorded(later(at, former.from()));
    return Medications.named(row, codes).withKnown(known, new Epochs(epoch, null));
  }

  private boolean isReconstructed(KnownTime known) {
    return basis == Basis.ASSUMED && !known.wasKnownLive();
  }

  private static Instant later(Instant one, Instant other) {
    return one.isBefore(other) ? other : one;
  }
}
