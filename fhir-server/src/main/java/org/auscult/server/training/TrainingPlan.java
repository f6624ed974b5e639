package org.auscult.server.training;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.auscult.cohort.CohortCriteria;
import org.auscult.feature.ResolvedFeatureSet;
import org.auscult.training.IndexRule;
import org.auscult.training.Labeller;
import org.auscult.training.RowLayout;
import org.auscult.training.RowMaker;
import org.auscult.training.Split;
import org.jspecify.annotations.Nullable;

/**
 * What a data set is to be, read from its parameters.
 *
 * @param parameters as they are kept: with all defaults, in order; the same give the same plan
 * @param target null if it is compared with nobody
 * @param set null if there are no rows, but the raw timeline alone
 * @param index null if there are no rows
 * @param labeller null if there is no outcome
 * @param formats of the rows: {@code parquet}, {@code csv}, {@code ndjson}
 * @param meds whether the raw timeline is written
 * @param reasons whether each feature is followed by the reason why it is missing
 * @param cut up to when anything was known
 * @param definitions on which it rests
 */
record TrainingPlan(
    SortedMap<String, List<String>> parameters,
    Cohort cohort,
    @Nullable Cohort target,
    @Nullable ResolvedFeatureSet set,
    @Nullable IndexRule index,
    @Nullable Labeller labeller,
    Split split,
    Set<String> formats,
    boolean meds,
    boolean reasons,
    RowMaker.Knowledge knowledge,
    Instant cut,
    ZoneId zone,
    List<UsedDefinition> definitions) {
  TrainingPlan {
    parameters = new TreeMap<>(parameters);
    formats = Set.copyOf(formats);
    definitions = List.copyOf(definitions);
  }

  /** Whom it asks. */
  sealed interface Cohort {
    /** Every patient of the record. */
    record Everybody() implements Cohort {}

    /** Those whom a search such as {@code Patient?gender=female} finds. */
    record Found(String url) implements Cohort {}

    /** The members of a Group. */
    record Members(String group) implements Cohort {}

    /** Those whom the criteria of a Group let in, as of each index time. */
    record Described(String group, CohortCriteria criteria) implements Cohort {}

    /** By which of its patients are let in. */
    default CohortCriteria criteria() {
      return this instanceof Described described ? described.criteria() : CohortCriteria.NONE;
    }
  }

  /**
   * A definition, as it was.
   *
   * @param role {@code feature-set}, {@code feature}, {@code outcome}, {@code cohort}
   * @param sha256 of the resource without its id, meta and narrative
   * @param expansionSha256 of the codes that its ValueSets gave; null if it has none
   */
  record UsedDefinition(
      String role, String canonical, String sha256, @Nullable String expansionSha256) {}

  /** The first of a parameter's values; empty if there is none. */
  String first(String name) {
    List<String> values = parameters.getOrDefault(name, List.of());
    return values.isEmpty() ? "" : values.get(0);
  }

  boolean hasRows() {
    return !formats.isEmpty();
  }

  /** Of the rows. */
  RowLayout layout() {
    return new RowLayout(Objects.requireNonNull(set), labeller != null, reasons);
  }

  /** By which rows are made. */
  RowMaker.Rules rules() {
    return new RowMaker.Rules(
        Objects.requireNonNull(set),
        cohort.criteria(),
        Objects.requireNonNull(index),
        split,
        labeller,
        knowledge,
        cut,
        zone);
  }
}
