package org.auscult.server.timeline;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.auscult.timeline.AsOf.Known;
import org.auscult.timeline.Fact;
import org.auscult.timeline.PatientTimeline;
import org.auscult.timeline.ResourceKind;
import org.auscult.timeline.TimelineQuery;
import org.auscult.timeline.TimelineQuery.Need;
import org.jspecify.annotations.Nullable;

/**
 * How a patient's timeline stands as a whole.
 *
 * @param epoch raised by every transaction that changes the patient's facts
 * @param generation another number whenever the rows were made anew: then equal epochs say nothing
 * @param mergedAt when it was merged into another patient's, in milliseconds; null if it was not
 * @param mergedEpoch in which of its epochs; null if it was not
 * @param projection the one that wrote the patient's rows
 * @param isLabelled whether a resource about the patient bears a label of special protection
 */
record EpochRow(
    long epoch,
    long generation,
    @Nullable Long mergedAt,
    @Nullable Long mergedEpoch,
    int projection,
    boolean isLabelled) {
  /** How its packed text begins: no fact's does. */
  private static final String MARK = "EPOCH" + PackedFields.END;

  /**
   * What to select of {@code patient_epoch e}, and the patient as argument: as many cells as a fact
   * begins with, of the same types, so that it stands among them.
   */
  static final String COLUMNS =
      "'"
          + MARK
          + "' || e.epoch || '"
          + PackedFields.END
          + "' || e.generation || '"
          + PackedFields.END
          + "' || e.projection || '"
          + PackedFields.END
          + "' || case when exists (select 1 from patient_tie t where t.patient = ?"
          + " and t.kind = 'LABEL') then 1 else 0 end, e.merged_at, e.merged_epoch";

  /** Whether a packed text is of one of these. */
  static boolean isOne(String packed) {
    return packed.startsWith(MARK);
  }

  /**
   * @param packed the first cell, which was read already
   */
  static EpochRow read(String packed, ResultSet row) throws SQLException {
    PackedFields fields = new PackedFields(packed, MARK.length());
    return new EpochRow(
        fields.number(),
        fields.number(),
        row.getObject(2, Long.class),
        row.getObject(3, Long.class),
        (int) fields.number(),
        fields.number() == 1);
  }

  /** Whether the same facts stand; a label may have been set or taken away meanwhile. */
  boolean isSameAs(EpochRow other) {
    return epoch == other.epoch && generation == other.generation;
  }

  /**
   * The timeline with these facts; nothing is complete where they stand at another patient, or were
   * written by a projection that did not state yet what is asked for.
   */
  PatientTimeline timeline(TimelineQuery query, List<Fact> facts) {
    Set<ResourceKind> kinds =
        query.needs().stream().map(Need::kind).collect(Collectors.toUnmodifiableSet());
    int needed = query.needs().stream().mapToInt(Need::projection).max().orElse(1);
    boolean isWhole = projection >= needed && !isMerged(query.asOf().known());
    return new PatientTimeline(
        query.patient(), epoch, facts, isWhole ? kinds : Set.of(), isLabelled);
  }

  /** Whether the patient's facts stood at another patient then: absence here means nothing. */
  private boolean isMerged(Known known) {
    if (mergedAt == null || mergedEpoch == null) {
      return false;
    }
    if (known instanceof Known.ByClock clock) {
      return mergedAt <= clock.instant().toEpochMilli();
    }
    return !(known instanceof Known.InEpoch asked) || mergedEpoch <= asked.epoch();
  }
}
