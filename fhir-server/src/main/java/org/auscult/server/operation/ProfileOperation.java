package org.auscult.server.operation;

import ca.uhn.fhir.jpa.api.dao.DaoRegistry;
import ca.uhn.fhir.rest.annotation.IdParam;
import ca.uhn.fhir.rest.annotation.Operation;
import ca.uhn.fhir.rest.annotation.OperationParam;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.api.server.SystemRequestDetails;
import ca.uhn.fhir.rest.server.exceptions.UnprocessableEntityException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.auscult.access.PatientTies;
import org.auscult.deidentification.SmallCells;
import org.auscult.feature.FeatureCatalog;
import org.auscult.feature.FeatureEvaluator;
import org.auscult.feature.FeatureVector;
import org.auscult.feature.ResolvedFeature;
import org.auscult.feature.ResolvedFeatureSet;
import org.auscult.feature.fhir.FeatureSets;
import org.auscult.feature.profile.ProfileTally;
import org.auscult.timeline.AsOf;
import org.auscult.timeline.PatientSnapshot;
import org.auscult.timeline.PatientTimeline;
import org.auscult.timeline.TimelineQuery;
import org.auscult.timeline.TimelineReader;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Library;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.StringType;
import org.jspecify.annotations.Nullable;

/**
 * {@code Library/[id]/$profile}: how the values of a feature, or of a set's features, lie in a
 * cohort, by the evaluator that serves them. Nobody is named; no number is of fewer than eleven
 * patients; who withholds anything from the one who asks is not counted.
 */
final class ProfileOperation {
  private static final int MOST_TIMES = 100;
  private static final int BATCH = 500;
  private static final String NO_SITE = "none";
  private static final String SEVERAL_SITES = "several";

  private final DaoRegistry daos;
  private final FeatureCatalog catalog;
  private final ProfileCohort cohort;
  private final Engine engine;
  private final NamedToUsers protection;
  private final PatientTies ties;
  private final Bounds bounds;

  /** What makes values. */
  record Engine(TimelineReader reader, FeatureEvaluator evaluator) {}

  /**
   * Bounds of an answer.
   *
   * @param vectors so many vectors are made at the most
   */
  record Bounds(int vectors, ZoneId zone, Clock clock) {}

  ProfileOperation(
      DaoRegistry daos,
      FeatureCatalog catalog,
      ProfileCohort cohort,
      Engine engine,
      NamedToUsers protection,
      PatientTies ties,
      Bounds bounds) {
    this.daos = daos;
    this.catalog = catalog;
    this.cohort = cohort;
    this.engine = engine;
    this.protection = protection;
    this.ties = ties;
    this.bounds = bounds;
  }

  /**
   * The profile.
   *
   * @param group a Group that lists patients; all patients if neither this nor the next is given
   * @param patients a search for patients, such as {@code gender=female}
   * @param at index times; now if none is given
   */
  @Operation(
      name = "$profile",
      type = Library.class,
      idempotent = true,
      canonicalUrl = OperationUrls.PROFILE)
  public Parameters profile(
      @IdParam IdType id,
      @OperationParam(name = "group") @Nullable StringType group,
      @OperationParam(name = "patients") @Nullable StringType patients,
      @OperationParam(name = "at", max = OperationParam.MAX_UNLIMITED)
          @Nullable List<StringType> at,
      RequestDetails request) {
    Question question = new Question(bounds.zone(), bounds.clock().instant());
    List<Instant> times = times(at, question);
    question.check();
    ResolvedFeatureSet set = set(id);
    int most = bounds.vectors() / times.size();
    List<String> asked =
        cohort.patients(
            Question.text(group).orElse(null),
            Question.text(patients).orElse(null),
            most,
            question);
    question.check();
    if (asked.size() > most) {
      throw new UnprocessableEntityException(
          "The cohort has more than "
              + most
              + " patients at "
              + times.size()
              + " index times, and an answer is made of no more than "
              + bounds.vectors()
              + " vectors. Ask for a smaller cohort, for fewer times, or have a training set made.");
    }
    return profile(set, asked, times, request);
  }

  private static List<Instant> times(@Nullable List<StringType> at, Question question) {
    List<Instant> times = new ArrayList<>();
    if (at != null) {
      at.forEach(time -> question.instant("at", time).ifPresent(times::add));
    }
    if (times.size() > MOST_TIMES) {
      question.refuse("at", "is given more than " + MOST_TIMES + " times");
    }
    return times.isEmpty() ? List.of(question.now()) : times.stream().distinct().sorted().toList();
  }

  private ResolvedFeatureSet set(IdType id) {
    Library library = daos.getResourceDao(Library.class).read(id, new SystemRequestDetails());
    String canonical = library.getUrl() + "|" + library.getVersion();
    Optional<ResolvedFeatureSet> set =
        FeatureSets.isOne(library)
            ? catalog.featureSet(canonical)
            : catalog.feature(canonical).map(ProfileOperation::alone);
    ResolvedFeatureSet found =
        set.orElseThrow(
            () ->
                new UnprocessableEntityException(
                    "Library/"
                        + id.getIdPart()
                        + " is no feature and no feature set that can be"
                        + " worked out."));
    if (!found.strangers().isEmpty()) {
      throw new UnprocessableEntityException(
          "It hangs on "
              + String.join(", ", found.strangers())
              + ". Ask for the profile of a set that has both.");
    }
    return found;
  }

  private static ResolvedFeatureSet alone(ResolvedFeature feature) {
    return new ResolvedFeatureSet(
        feature.definition().url(),
        feature.definition().version(),
        feature.definition().name(),
        List.of(feature));
  }

  private Parameters profile(
      ResolvedFeatureSet set, List<String> asked, List<Instant> times, RequestDetails request) {
    List<ProfileTally> tallies = set.features().stream().map(ProfileTally::new).toList();
    int counted = 0;
    for (int from = 0; from < asked.size(); from += BATCH) {
      List<String> batch = asked.subList(from, Math.min(asked.size(), from + BATCH));
      Set<String> countable = protection.countable(request, batch, set);
      Map<String, PatientTies.Ties> tied = ties.of(countable);
      for (String patient : batch) {
        if (countable.contains(patient)) {
          String site = site(tied.getOrDefault(patient, PatientTies.Ties.NONE).sites());
          counted += count(set, tallies, patient, counted, site, times) ? 1 : 0;
        }
      }
    }
    if (counted < SmallCells.CMS.least()) {
      throw new UnprocessableEntityException(
          "There are fewer than "
              + SmallCells.CMS.least()
              + " patients whom you may count; a profile of so few would tell of them.");
    }
    return ProfileParameters.render(set, times, counted, asked.size() - counted, tallies);
  }

  private static String site(Set<String> sites) {
    if (sites.size() > 1) {
      return SEVERAL_SITES;
    }
    return sites.stream().findFirst().map(site -> "Organization/" + site).orElse(NO_SITE);
  }

  /**
   * @param number of the patient among those counted
   * @return whether the record holds the patient
   */
  private boolean count(
      ResolvedFeatureSet set,
      List<ProfileTally> tallies,
      String patient,
      int number,
      String site,
      List<Instant> times) {
    boolean isThere = false;
    for (Instant time : times) {
      AsOf asOf = AsOf.instant(time);
      Optional<PatientTimeline> timeline =
          engine.reader().read(new TimelineQuery(patient, asOf, set.needs()));
      if (timeline.isPresent()) {
        isThere = true;
        PatientSnapshot snapshot = timeline.get().asOf(asOf);
        FeatureVector vector = engine.evaluator().evaluate(set, snapshot);
        for (int i = 0; i < tallies.size(); i++) {
          tallies.get(i).add(number, site, vector.entries().get(i).value());
          tallies.get(i).met(number, site, snapshot);
        }
      }
    }
    return isThere;
  }
}
