package org.auscult.server.training;

import ca.uhn.fhir.rest.api.server.RequestDetails;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.auscult.access.fhir.AccessSessions;
import org.auscult.cohort.CohortCriteria;
import org.auscult.cohort.fhir.CohortGroups;
import org.auscult.feature.FeatureCatalog;
import org.auscult.feature.FeatureEvaluator;
import org.auscult.feature.fhir.Parsed;
import org.auscult.feature.fhir.Problem;
import org.auscult.server.timeline.TimelineHistories;
import org.auscult.training.PatientHistory;
import org.hl7.fhir.r4.model.Group;

/** Reads Groups that somebody names to be told of their members alone. */
public final class AskedCohorts {
  private final StoredGroups groups;
  private final FeatureCatalog catalog;
  private final FeatureEvaluator evaluator;
  private final TimelineHistories histories;
  private final AccessSessions access;

  AskedCohorts(
      StoredGroups groups,
      FeatureCatalog catalog,
      FeatureEvaluator evaluator,
      TimelineHistories histories,
      AccessSessions access) {
    this.groups = groups;
    this.catalog = catalog;
    this.evaluator = evaluator;
    this.histories = histories;
    this.access = access;
  }

  /**
   * Reads one. A Group that whoever asks may not see is not here.
   *
   * @param name of the parameter
   * @param text such as {@code Group/1}
   * @param problems all that is wrong with it is added
   * @return empty if something is wrong
   */
  public Optional<AskedCohort> read(
      String name, String text, RequestDetails request, List<Problem> problems) {
    String where = "Parameters.parameter('" + name + "')";
    if (!text.matches("Group/[A-Za-z0-9.-]{1,64}")) {
      problems.add(
          new Problem(
              where, name + ": '" + text + "' is no Group", "Give one that is here, as Group/1."));
      return Optional.empty();
    }
    String id = text.substring("Group/".length());
    Optional<Group> listing = groups.listing(id).filter(group -> access.sees(request, group));
    Optional<Group> describing = groups.describing(id).filter(group -> access.sees(request, group));
    if (listing.isPresent()) {
      return Optional.of(new Listed(reference(listing.get()), StoredGroups.members(listing.get())));
    }
    if (describing.isEmpty()) {
      problems.add(
          new Problem(
              where,
              name + ": " + text + " is not here, or lists no members",
              "Give a Group that lists members, or one whose actual is false, with criteria."));
      return Optional.empty();
    }
    Parsed<CohortCriteria> read = CohortGroups.read(describing.get(), catalog::feature);
    if (read instanceof Parsed.Accepted<CohortCriteria> accepted) {
      return Optional.of(
          new Described(reference(describing.get()), accepted.value(), evaluator, histories));
    }
    for (Problem problem : ((Parsed.Refused<CohortCriteria>) read).problems()) {
      problems.add(
          new Problem(
              where,
              name + ": " + text + ", " + problem.where() + ": " + problem.what(),
              problem.remedy()));
    }
    return Optional.empty();
  }

  private static String reference(Group group) {
    return group.getIdElement().toUnqualified().getValue();
  }

  /** Those whom a Group lists, at any time. */
  private record Listed(String group, Set<String> patients) implements AskedCohort {
    @Override
    public Set<At> members(Collection<At> asked) {
      return asked.stream()
          .filter(at -> patients.contains(at.patient()))
          .collect(Collectors.toSet());
    }
  }

  /** Those for whom criteria hold as of a time, by what was known then. */
  private record Described(
      String group,
      CohortCriteria criteria,
      FeatureEvaluator evaluator,
      TimelineHistories histories)
      implements AskedCohort {
    @Override
    public Set<At> members(Collection<At> asked) {
      Map<String, List<At>> byPatient =
          asked.stream()
              .distinct()
              .collect(Collectors.groupingBy(At::patient, TreeMap::new, Collectors.toList()));
      Set<At> members = new HashSet<>();
      byPatient.forEach(
          (patient, times) -> {
            Instant last =
                times.stream().map(At::time).max(Comparator.naturalOrder()).orElseThrow();
            histories
                .read(patient, last, criteria.needs())
                .ifPresent(
                    history ->
                        times.stream().filter(at -> isMember(history, at)).forEach(members::add));
          });
      return members;
    }

    private boolean isMember(PatientHistory history, At at) {
      return criteria.unmet(evaluator, history.snapshot(at.time(), at.time())).isEmpty();
    }
  }
}
