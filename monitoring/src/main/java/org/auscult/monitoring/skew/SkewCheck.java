package org.auscult.monitoring.skew;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.auscult.feature.FeatureCatalog;
import org.auscult.feature.FeatureEvaluator;
import org.auscult.feature.FeatureValue;
import org.auscult.feature.FeatureValue.Missing;
import org.auscult.feature.FeatureValue.Present;
import org.auscult.feature.FeatureVector;
import org.auscult.feature.ResolvedFeatureSet;
import org.auscult.monitoring.skew.Difference.Kind;
import org.auscult.monitoring.skew.VectorCheck.Different;
import org.auscult.monitoring.skew.VectorCheck.Equal;
import org.auscult.monitoring.skew.VectorCheck.NotChecked;
import org.auscult.prediction.FactBasis;
import org.auscult.prediction.JournalEntry;
import org.auscult.prediction.ModelRun;
import org.auscult.timeline.AsOf;
import org.auscult.timeline.PatientTimeline;
import org.auscult.timeline.TimelineQuery;
import org.auscult.timeline.TimelineReader;

/**
 * Makes served vectors again, from the record as it was in their epoch, by the code and the
 * definitions of now. What trains a model is made in the same way: a vector that cannot be made
 * again would not have been trained on either.
 *
 * <p>A difference is a fault: of a release that changed what an operator gives, of a ValueSet that
 * changed under its version, of a record that was changed behind the server's back.
 */
public final class SkewCheck {
  /** Relative; sums may be taken in another order. */
  private static final double TOLERANCE = 1e-9;

  private final FeatureCatalog catalog;
  private final FeatureEvaluator evaluator;
  private final TimelineReader reader;

  public SkewCheck(FeatureCatalog catalog, FeatureEvaluator evaluator, TimelineReader reader) {
    this.catalog = catalog;
    this.evaluator = evaluator;
    this.reader = reader;
  }

  /** Checks each vector of an entry; one that several runs share is checked once. */
  public List<VectorCheck> check(JournalEntry entry) {
    return entry.runs().stream()
        .map(ModelRun::vector)
        .distinct()
        .map(vector -> check(entry, vector))
        .toList();
  }

  private VectorCheck check(JournalEntry entry, FeatureVector served) {
    if (!entry.subject().isOurs()) {
      return new NotChecked(Unchecked.NOT_OUR_PATIENT);
    }
    if (entry.basis() == FactBasis.CALLER) {
      return new NotChecked(Unchecked.CALLER_FACTS);
    }
    Optional<ResolvedFeatureSet> set = catalog.featureSet(served.featureSet());
    if (set.isEmpty()) {
      return new NotChecked(Unchecked.DEFINITION_GONE);
    }
    AsOf then = AsOf.epoch(served.asOf().at(), entry.epoch());
    Optional<PatientTimeline> timeline =
        reader.read(new TimelineQuery(entry.subject().id(), then, set.get().needs()));
    if (timeline.isEmpty()) {
      return new NotChecked(Unchecked.PATIENT_GONE);
    }
    List<Difference> differences =
        differences(served, evaluator.evaluate(set.get(), timeline.get().asOf(then)));
    if (differences.isEmpty()) {
      return new Equal();
    }
    return entry.basis() == null
        ? new NotChecked(Unchecked.BASIS_UNKNOWN)
        : new Different(differences);
  }

  private static List<Difference> differences(FeatureVector served, FeatureVector again) {
    List<Difference> differences = new ArrayList<>();
    for (FeatureVector.Entry entry : served.entries()) {
      Optional<FeatureValue> now = again.value(entry.name());
      Optional<Kind> kind =
          now.isEmpty() ? Optional.of(Kind.NOT_IN_SET) : difference(entry.value(), now.get());
      kind.ifPresent(k -> differences.add(new Difference(entry.definition(), k)));
    }
    return differences;
  }

  private static Optional<Kind> difference(FeatureValue served, FeatureValue again) {
    if (served instanceof Present before && again instanceof Present now) {
      return difference(before, now);
    }
    if (served instanceof Missing before && again instanceof Missing now) {
      return before.reason() == now.reason() ? Optional.empty() : Optional.of(Kind.REASON);
    }
    return Optional.of(served instanceof Present ? Kind.NOW_MISSING : Kind.NOW_PRESENT);
  }

  private static Optional<Kind> difference(Present served, Present again) {
    if (!served.unit().equals(again.unit())) {
      return Optional.of(Kind.UNIT);
    }
    if (!isNear(served.value(), again.value())) {
      return Optional.of(Kind.VALUE);
    }
    boolean isOfTheSame =
        Set.copyOf(served.evidence()).equals(Set.copyOf(again.evidence()))
            && Objects.equals(served.effective(), again.effective())
            && served.origin() == again.origin();
    return isOfTheSame ? Optional.empty() : Optional.of(Kind.EVIDENCE);
  }

  private static boolean isNear(double one, double other) {
    return Math.abs(one - other) <= TOLERANCE * Math.max(Math.abs(one), Math.abs(other));
  }
}
