package org.auscult.server.operation;

import ca.uhn.fhir.rest.annotation.IdParam;
import ca.uhn.fhir.rest.annotation.Operation;
import ca.uhn.fhir.rest.annotation.OperationParam;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.server.exceptions.ResourceNotFoundException;
import ca.uhn.fhir.rest.server.exceptions.ResourceVersionConflictException;
import java.time.Clock;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.auscult.feature.FeatureCatalog;
import org.auscult.feature.FeatureEvaluator;
import org.auscult.feature.FeatureValue;
import org.auscult.feature.FeatureVector;
import org.auscult.feature.ResolvedFeatureSet;
import org.auscult.feature.fhir.Problem;
import org.auscult.feature.fhir.VectorParameters;
import org.auscult.server.feature.Refused;
import org.auscult.server.timeline.TimelinePages;
import org.auscult.server.timeline.TimelineRebuild;
import org.auscult.server.timeline.TimelineRebuild.Mode;
import org.auscult.timeline.AsOf;
import org.auscult.timeline.PatientTimeline;
import org.auscult.timeline.TimelineQuery;
import org.auscult.timeline.TimelineReader;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.StringType;
import org.jspecify.annotations.Nullable;

/** What can be asked of a Patient beyond FHIR's own operations. */
public final class PatientOperations {
  private static final int DEFAULT_COUNT = 100;
  private static final int LARGEST_COUNT = 1000;

  private final FeatureCatalog catalog;
  private final FeatureEvaluator evaluator;
  private final TimelineReader reader;
  private final TimelineTools tools;
  private final NamedToUsers protection;
  private final ZoneId zone;
  private final Clock clock;

  /** What opens the timeline's own pages and makes it anew. */
  record TimelineTools(TimelinePages pages, TimelineRebuild rebuild) {}

  PatientOperations(
      FeatureCatalog catalog,
      FeatureEvaluator evaluator,
      TimelineReader reader,
      TimelineTools tools,
      NamedToUsers protection,
      ZoneId zone,
      Clock clock) {
    this.catalog = catalog;
    this.evaluator = evaluator;
    this.reader = reader;
    this.tools = tools;
    this.protection = protection;
    this.zone = zone;
    this.clock = clock;
  }

  /**
   * The patient's vector of a feature set: each value with unit, evidence and times, or the reason
   * why it is missing.
   *
   * @param featureSet canonical, with or without version
   * @param at index time: facts effective by then; now if not given
   * @param knownAt facts known by then; the index time if not given
   * @param epoch facts known in this epoch of the patient, instead of {@code knownAt}
   */
  @Operation(
      name = "$features",
      type = Patient.class,
      idempotent = true,
      canonicalUrl = OperationUrls.FEATURES)
  public Parameters features(
      @IdParam IdType id,
      @OperationParam(name = "featureSet", min = 1) @Nullable StringType featureSet,
      @OperationParam(name = "at") @Nullable StringType at,
      @OperationParam(name = "knownAt") @Nullable StringType knownAt,
      @OperationParam(name = "epoch") @Nullable StringType epoch,
      RequestDetails request) {
    Question question = question();
    String canonical =
        question.required("featureSet", featureSet, "https://auscult.org/fhir/Library/…");
    AsOf asOf = question.asOf(at, knownAt, epoch);
    Optional<ResolvedFeatureSet> set =
        canonical.isEmpty() ? Optional.empty() : catalog.featureSet(canonical);
    List<String> obstacles = set.isEmpty() ? catalog.obstacles(canonical) : List.of();
    obstacles.forEach(
        why -> question.refuse("featureSet", "'" + canonical + "' cannot be used: " + why));
    if (set.isEmpty() && obstacles.isEmpty() && !canonical.isEmpty()) {
      question.refuse(
          "featureSet",
          "'"
              + canonical
              + "' names no active feature set of this server; search Library?url=… for those it"
              + " has");
    }
    question.check();
    ResolvedFeatureSet resolved = set.orElseThrow();
    protection.requireNamed(request, id.getIdPart(), resolved);
    PatientTimeline timeline =
        reader
            .read(new TimelineQuery(id.getIdPart(), asOf, resolved.needs()))
            .orElseThrow(() -> unknown(id));
    FeatureVector vector = evaluator.evaluate(resolved, timeline.asOf(asOf));
    Refused.ifAny("There is no vector without these values", refusals(resolved, vector));
    return VectorParameters.render(vector, resolved);
  }

  /** Members without whose values there is no vector: their definitions say so. */
  private static List<Problem> refusals(ResolvedFeatureSet set, FeatureVector vector) {
    List<Problem> problems = new ArrayList<>();
    for (FeatureVector.Entry entry : set.refusals(vector)) {
      if (entry.value() instanceof FeatureValue.Missing missing) {
        problems.add(
            new Problem(
                "Parameters.parameter('featureSet')",
                entry.name() + " is missing (" + missing.reason().code() + "): " + missing.detail(),
                "Ask for a set without " + entry.definition() + ", or record the value."));
      }
    }
    return problems;
  }

  /**
   * The patient's facts, the latest first.
   *
   * @param code only facts with this code: {@code system|code} or {@code code}
   * @param at facts effective by then; now if not given
   * @param knownAt facts known by then; {@code at} if not given
   * @param epoch facts known in this epoch, instead of {@code knownAt}
   * @param count facts on a page, 1 to 1000; 100 if not given
   * @param offset how many facts to pass over
   */
  @Operation(
      name = "$timeline",
      type = Patient.class,
      idempotent = true,
      canonicalUrl = OperationUrls.TIMELINE)
  public Parameters timeline(
      @IdParam IdType id,
      @OperationParam(name = "code") @Nullable StringType code,
      @OperationParam(name = "at") @Nullable StringType at,
      @OperationParam(name = "knownAt") @Nullable StringType knownAt,
      @OperationParam(name = "epoch") @Nullable StringType epoch,
      @OperationParam(name = "_count") @Nullable StringType count,
      @OperationParam(name = "_offset") @Nullable StringType offset) {
    Question question = question();
    AsOf asOf = question.asOf(at, knownAt, epoch);
    int limit = question.number("_count", count, 1, LARGEST_COUNT).orElse(DEFAULT_COUNT);
    int from = question.number("_offset", offset, 0, Integer.MAX_VALUE).orElse(0);
    question.check();
    String token = Question.text(code).orElse(null);
    int bar = token == null ? -1 : token.indexOf('|');
    TimelinePages.Page page =
        tools
            .pages()
            .read(
                new TimelinePages.Question(
                    id.getIdPart(),
                    asOf,
                    token == null || bar < 0 ? null : token.substring(0, bar),
                    token == null ? null : token.substring(bar + 1),
                    limit,
                    from))
            .orElseThrow(() -> unknown(id));
    return FactParameters.render(id.getIdPart(), page, from);
  }

  /**
   * Makes the patient's timeline anew from the record's history and says how it differs.
   *
   * @param mode {@code compare} (unless given) leaves everything as it is, {@code write} keeps the
   *     rebuilt rows
   */
  @Operation(
      name = "$rebuild-timeline",
      type = Patient.class,
      canonicalUrl = OperationUrls.REBUILD_TIMELINE)
  public Parameters rebuild(
      @IdParam IdType id, @OperationParam(name = "mode") @Nullable StringType mode) {
    Question question = question();
    Mode asked = mode(mode, question);
    question.check();
    return FactParameters.render(rebuild(id.getIdPart(), asked).orElseThrow(() -> unknown(id)));
  }

  /**
   * The same for many patients, a page at a time, so that a caller can show how far it is and go on
   * after an interruption.
   *
   * @param mode as for one patient
   * @param after the {@code next} of the page before; the first page if not given
   * @param count patients in this page, 1 to 1000; 20 if not given
   */
  @Operation(
      name = "$rebuild-timeline",
      type = Patient.class,
      canonicalUrl = OperationUrls.REBUILD_TIMELINE)
  public Parameters rebuildPage(
      @OperationParam(name = "mode") @Nullable StringType mode,
      @OperationParam(name = "after") @Nullable StringType after,
      @OperationParam(name = "count") @Nullable StringType count) {
    Question question = question();
    Mode asked = mode(mode, question);
    int most = question.number("count", count, 1, 1000).orElse(20);
    question.check();
    List<String> patients = tools.rebuild().patients(Question.text(after).orElse(""), most);
    List<TimelineRebuild.Outcome> outcomes = new ArrayList<>();
    Set<String> done = new HashSet<>();
    for (String patient : patients) {
      if (!done.contains(patient)) {
        rebuild(patient, asked)
            .ifPresent(
                outcome -> {
                  outcomes.add(outcome);
                  done.addAll(outcome.patients());
                });
      }
    }
    String next = patients.size() < most ? "" : patients.get(most - 1);
    int remaining = next.isEmpty() ? 0 : tools.rebuild().remaining(next);
    return FactParameters.render(patients.size(), outcomes, remaining == 0 ? "" : next, remaining);
  }

  private static Mode mode(@Nullable StringType given, Question question) {
    String asked = Question.text(given).orElse("compare");
    if (!asked.equals("compare") && !asked.equals("write")) {
      question.refuse("mode", "'" + asked + "' is neither compare nor write");
    }
    return asked.equals("write") ? Mode.WRITE : Mode.COMPARE;
  }

  private Optional<TimelineRebuild.Outcome> rebuild(String patient, Mode mode) {
    try {
      return tools.rebuild().rebuild(patient, mode);
    } catch (TimelineRebuild.Busy e) {
      throw new ResourceVersionConflictException(Objects.requireNonNull(e.getMessage()));
    }
  }

  private Question question() {
    return new Question(zone, clock.instant());
  }

  private static ResourceNotFoundException unknown(IdType id) {
    return new ResourceNotFoundException(
        "Patient/" + id.getIdPart() + " is not known here; create it first");
  }
}
