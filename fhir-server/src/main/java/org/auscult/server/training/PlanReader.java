package org.auscult.server.training;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.auscult.cohort.CohortCriteria;
import org.auscult.cohort.fhir.CohortGroups;
import org.auscult.feature.FeatureCatalog;
import org.auscult.feature.ResolvedFeatureSet;
import org.auscult.feature.fhir.Parsed;
import org.auscult.feature.fhir.Problem;
import org.auscult.server.training.TrainingPlan.Cohort;
import org.auscult.server.training.TrainingPlan.UsedDefinition;
import org.auscult.training.IndexRule;
import org.auscult.training.Labeller;
import org.auscult.training.RowLayout;
import org.auscult.training.RowMaker.Knowledge;
import org.auscult.training.Split;
import org.hl7.fhir.r4.model.Group;
import org.jspecify.annotations.Nullable;

/** Reads the parameters of a data set, and tells all that is wrong with them at once. */
final class PlanReader {
  private static final Set<String> FORMATS = Set.of("parquet", "csv", "ndjson", "meds");
  private static final String CANONICAL = "https://example.org/Library/name|1.0.0";

  private final FeatureCatalog catalog;
  private final Function<String, Optional<Labeller>> outcomes;
  private final Function<String, Optional<Group>> groups;
  private final Resting definitions;
  private final ZoneId zone;

  /** Says on which definitions a data set rests. */
  @FunctionalInterface
  interface Resting {
    /**
     * @param set null if there are no rows
     * @param cohorts those that are told by criteria
     */
    List<UsedDefinition> of(
        @Nullable ResolvedFeatureSet set,
        @Nullable Labeller labeller,
        List<Cohort.Described> cohorts);
  }

  /**
   * @param outcomes by their {@code url|version}
   * @param groups that describe their members, by id
   */
  PlanReader(
      FeatureCatalog catalog,
      Function<String, Optional<Labeller>> outcomes,
      Function<String, Optional<Group>> groups,
      Resting definitions,
      ZoneId zone) {
    this.catalog = catalog;
    this.outcomes = outcomes;
    this.groups = groups;
    this.definitions = definitions;
    this.zone = zone;
  }

  /**
   * What came of a reading.
   *
   * @param plan null if there are problems
   */
  record Read(@Nullable TrainingPlan plan, List<Problem> problems) {}

  /**
   * Reads them.
   *
   * @param now the cut, if they name none
   */
  Read read(Map<String, List<String>> given, Instant now) {
    return new Reading(given, now).read();
  }

  private static List<Cohort.Described> described(@Nullable Cohort... cohorts) {
    return Arrays.stream(cohorts)
        .filter(Cohort.Described.class::isInstance)
        .map(Cohort.Described.class::cast)
        .distinct()
        .toList();
  }

  private final class Reading {
    private final GivenParameters given;
    private final Instant now;

    Reading(Map<String, List<String>> given, Instant now) {
      this.given = new GivenParameters(given, zone);
      this.now = now;
    }

    Read read() {
      String name = given.one("name").orElse("");
      if (!name.matches("[a-z][a-z0-9-]{0,62}")) {
        given.refuse(
            "name", "'" + name + "' is no name", "Give lower-case letters, digits and hyphens.");
      }
      Cohort cohort = cohort("cohort", "");
      Cohort target =
          given.one("target").filter("none"::equals).isPresent()
              ? null
              : cohort("target", "Patient");
      Set<String> formats = formats();
      boolean meds = formats.remove("meds");
      Instant cut = cut();
      Optional<ResolvedFeatureSet> set = set(formats);
      Labeller labeller = outcome(formats);
      IndexRule index = index(formats);
      Split split = split(meds);
      Knowledge knowledge =
          given.choice("knowledge", "index", "cut").equals("cut") ? Knowledge.CUT : Knowledge.INDEX;
      boolean reasons = given.choice("missing", "none", "reasons").equals("reasons");
      if (!given.problems().isEmpty() || cohort == null || split == null) {
        return new Read(null, given.problems());
      }
      return new Read(
          new TrainingPlan(
              given.values(),
              cohort,
              target,
              set.orElse(null),
              index,
              labeller,
              split,
              formats,
              meds,
              reasons,
              knowledge,
              cut,
              zone,
              definitions.of(set.orElse(null), labeller, described(cohort, target))),
          List.of());
    }

    private @Nullable Cohort cohort(String name, String otherwise) {
      String text = given.or(name, otherwise);
      if (text.equals("Patient") || text.equals("Patient?")) {
        return new Cohort.Everybody();
      }
      if (text.startsWith("Patient?")) {
        return new Cohort.Found(text);
      }
      if (text.matches("Group/[A-Za-z0-9.-]{1,64}")) {
        return group(name, text.substring("Group/".length()));
      }
      given.refuse(
          name,
          "'" + text + "' names no patients",
          "Give Patient, a search such as Patient?gender=female, or a Group such as Group/1.");
      return null;
    }

    private @Nullable Cohort group(String name, String id) {
      Optional<Group> describing = groups.apply(id);
      if (describing.isEmpty()) {
        return new Cohort.Members(id);
      }
      Parsed<CohortCriteria> read = CohortGroups.read(describing.get(), catalog::feature);
      if (read instanceof Parsed.Accepted<CohortCriteria> accepted) {
        return new Cohort.Described(id, accepted.value());
      }
      for (Problem problem : ((Parsed.Refused<CohortCriteria>) read).problems()) {
        given.refuse(
            name, "Group/" + id + ", " + problem.where() + ": " + problem.what(), problem.remedy());
      }
      return null;
    }

    private Set<String> formats() {
      Set<String> formats = new TreeSet<>(given.all("format"));
      if (formats.isEmpty()) {
        formats.add("parquet");
      }
      given.keep("format", List.copyOf(formats));
      for (String format : formats) {
        if (!FORMATS.contains(format)) {
          given.refuse(
              "format", "'" + format + "' is not written here", "Give some of " + FORMATS + ".");
        }
      }
      return formats;
    }

    private Instant cut() {
      Optional<Instant> asked =
          given.one("knownAt").flatMap(text -> given.instant("knownAt", text));
      Instant cut = asked.orElse(now).truncatedTo(ChronoUnit.MILLIS);
      if (cut.isAfter(now)) {
        given.refuse(
            "knownAt", cut + " lies in the future", "Nobody knows what will be known then.");
      }
      given.keep("knownAt", List.of(cut.toString()));
      return cut;
    }

    private Optional<ResolvedFeatureSet> set(Set<String> formats) {
      Optional<String> canonical = given.one("featureSet");
      if (formats.isEmpty()) {
        canonical.ifPresent(
            c ->
                given.refuse(
                    "featureSet", "is for rows, and MEDS has none", "Add a format of rows."));
        return Optional.empty();
      }
      if (canonical.isEmpty() || !canonical.get().matches("[^|]+\\|[^|]+")) {
        given.refuse(
            "featureSet",
            canonical.map(c -> "'" + c + "' names no version").orElse("is missing"),
            "Give it as " + CANONICAL + ".");
        return Optional.empty();
      }
      Optional<ResolvedFeatureSet> set = catalog.featureSet(canonical.get());
      if (set.isEmpty()) {
        given.refuse(
            "featureSet",
            "'" + canonical.get() + "' is no active feature set of this server",
            "Search Library?url=… for those it has.");
      } else {
        set.map(RowLayout::collisions)
            .filter(names -> !names.isEmpty())
            .ifPresent(
                names ->
                    given.refuse(
                        "featureSet",
                        "columns of their own have the names of its members " + names,
                        "Give a set without these."));
      }
      return set;
    }

    private @Nullable Labeller outcome(Set<String> formats) {
      Optional<String> canonical = given.one("outcome");
      if (canonical.isEmpty()) {
        return null;
      }
      if (formats.isEmpty()) {
        given.refuse("outcome", "is for rows, and MEDS has none", "Add a format of rows.");
        return null;
      }
      Optional<Labeller> found = outcomes.apply(canonical.get());
      if (found.isEmpty() || !canonical.get().contains("|")) {
        given.refuse(
            "outcome",
            "'" + canonical.get() + "' is no outcome definition of this server",
            "Give one as url|version; search Library?url=… for those it has.");
      }
      return found.orElse(null);
    }

    private @Nullable IndexRule index(Set<String> formats) {
      IndexRuleReader reader = new IndexRuleReader(given);
      if (formats.isEmpty()) {
        reader.none();
        return null;
      }
      return reader.read();
    }

    private @Nullable Split split(boolean meds) {
      String by = given.or("split", "patient");
      Optional<Split.By> known =
          Arrays.stream(Split.By.values()).filter(b -> b.code().equals(by)).findFirst();
      if (known.isEmpty()) {
        given.refuse("split", "'" + by + "' is no rule", "Give one of patient, slot, time.");
      } else if (meds && known.get() == Split.By.TIME) {
        given.refuse("split", "MEDS splits patients, not times", "Give patient or slot.");
      }
      boolean isWhole = List.of("train", "validation", "test").stream().anyMatch(given::has);
      BigDecimal train = given.share("train", isWhole ? "0" : "0.7");
      BigDecimal validation = given.share("validation", isWhole ? "0" : "0.15");
      BigDecimal test = given.share("test", isWhole ? "0" : "0.15");
      long seed = 0;
      String text = given.or("seed", "0");
      try {
        seed = Long.parseLong(text);
      } catch (NumberFormatException e) {
        given.refuse("seed", "'" + text + "' is no whole number", "Give one such as 42.");
      }
      if (known.isEmpty()) {
        return null;
      }
      try {
        return new Split(known.get(), seed, train, validation, test);
      } catch (IllegalArgumentException e) {
        given.refuse(
            "train", String.valueOf(e.getMessage()), "Give shares such as 0.7, 0.15 and 0.15.");
        return null;
      }
    }
  }
}
