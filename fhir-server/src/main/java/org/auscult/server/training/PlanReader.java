package org.auscult.server.training;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
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
import org.auscult.training.Stay;
import org.hl7.fhir.r4.model.Group;
import org.jspecify.annotations.Nullable;

/** Reads the parameters of a data set, and tells all that is wrong with them at once. */
final class PlanReader {
  private static final Set<String> FORMATS = Set.of("parquet", "csv", "ndjson", "meds");
  private static final String CANONICAL = "https://example.org/Library/name|1.0.0";
  private static final Instant EARLIEST = Instant.parse("1800-01-01T00:00:00Z");
  private static final Instant LATEST = Instant.parse("9999-01-01T00:00:00Z");
  private static final Duration LONGEST = Duration.ofDays(36_600);
  private static final int MOST_TIMES = 100_000;

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
    private final SortedMap<String, List<String>> given = new TreeMap<>();
    private final List<Problem> problems = new ArrayList<>();
    private final Instant now;

    Reading(Map<String, List<String>> given, Instant now) {
      given.forEach((name, values) -> this.given.put(name, List.copyOf(values)));
      this.now = now;
    }

    Read read() {
      String name = one("name").orElse("");
      if (!name.matches("[a-z][a-z0-9-]{0,62}")) {
        refuse("name", "'" + name + "' is no name", "Give lower-case letters, digits and hyphens.");
      }
      Cohort cohort = cohort("cohort", "");
      Cohort target =
          one("target").filter("none"::equals).isPresent() ? null : cohort("target", "Patient");
      Set<String> formats = formats();
      boolean meds = formats.remove("meds");
      Instant cut = cut();
      Optional<ResolvedFeatureSet> set = set(formats);
      Labeller labeller = outcome(formats);
      IndexRule index = formats.isEmpty() ? noIndex() : index();
      Split split = split(meds);
      Knowledge knowledge =
          choice("knowledge", "index", "cut").equals("cut") ? Knowledge.CUT : Knowledge.INDEX;
      boolean reasons = choice("missing", "none", "reasons").equals("reasons");
      if (!problems.isEmpty() || cohort == null || split == null) {
        return new Read(null, problems);
      }
      return new Read(
          new TrainingPlan(
              given,
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

    private Optional<String> one(String name) {
      List<String> values = given.getOrDefault(name, List.of());
      if (values.size() > 1) {
        refuse(name, "is given " + values.size() + " times", "Give it once.");
      }
      return values.stream().findFirst();
    }

    private void refuse(String name, String what, String remedy) {
      problems.add(new Problem("Parameters.parameter('" + name + "')", name + ": " + what, remedy));
    }

    /** The value, or a default, which is then kept as if it had been given. */
    private String or(String name, String otherwise) {
      Optional<String> value = one(name);
      if (value.isEmpty()) {
        given.put(name, List.of(otherwise));
      }
      return value.orElse(otherwise);
    }

    private String choice(String name, String first, String other) {
      String value = or(name, first);
      if (!value.equals(first) && !value.equals(other)) {
        refuse(name, "'" + value + "' is neither " + first + " nor " + other, "Give one of them.");
      }
      return value;
    }

    private @Nullable Cohort cohort(String name, String otherwise) {
      String text = or(name, otherwise);
      if (text.equals("Patient") || text.equals("Patient?")) {
        return new Cohort.Everybody();
      }
      if (text.startsWith("Patient?")) {
        return new Cohort.Found(text);
      }
      if (text.matches("Group/[A-Za-z0-9.-]{1,64}")) {
        return group(name, text.substring("Group/".length()));
      }
      refuse(
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
        refuse(
            name, "Group/" + id + ", " + problem.where() + ": " + problem.what(), problem.remedy());
      }
      return null;
    }

    private Set<String> formats() {
      Set<String> formats = new TreeSet<>(given.getOrDefault("format", List.of()));
      if (formats.isEmpty()) {
        formats.add("parquet");
      }
      given.put("format", List.copyOf(formats));
      for (String format : formats) {
        if (!FORMATS.contains(format)) {
          refuse("format", "'" + format + "' is not written here", "Give some of " + FORMATS + ".");
        }
      }
      return formats;
    }

    private Instant cut() {
      Optional<Instant> asked = one("knownAt").flatMap(text -> instant("knownAt", text));
      Instant cut = asked.orElse(now).truncatedTo(ChronoUnit.MILLIS);
      if (cut.isAfter(now)) {
        refuse("knownAt", cut + " lies in the future", "Nobody knows what will be known then.");
      }
      given.put("knownAt", List.of(cut.toString()));
      return cut;
    }

    private Optional<ResolvedFeatureSet> set(Set<String> formats) {
      Optional<String> canonical = one("featureSet");
      if (formats.isEmpty()) {
        canonical.ifPresent(
            c -> refuse("featureSet", "is for rows, and MEDS has none", "Add a format of rows."));
        return Optional.empty();
      }
      if (canonical.isEmpty() || !canonical.get().matches("[^|]+\\|[^|]+")) {
        refuse(
            "featureSet",
            canonical.map(c -> "'" + c + "' names no version").orElse("is missing"),
            "Give it as " + CANONICAL + ".");
        return Optional.empty();
      }
      Optional<ResolvedFeatureSet> set = catalog.featureSet(canonical.get());
      if (set.isEmpty()) {
        refuse(
            "featureSet",
            "'" + canonical.get() + "' is no active feature set of this server",
            "Search Library?url=… for those it has.");
      } else {
        set.map(RowLayout::collisions)
            .filter(names -> !names.isEmpty())
            .ifPresent(
                names ->
                    refuse(
                        "featureSet",
                        "columns of their own have the names of its members " + names,
                        "Give a set without these."));
      }
      return set;
    }

    private @Nullable Labeller outcome(Set<String> formats) {
      Optional<String> canonical = one("outcome");
      if (canonical.isEmpty()) {
        return null;
      }
      if (formats.isEmpty()) {
        refuse("outcome", "is for rows, and MEDS has none", "Add a format of rows.");
        return null;
      }
      Optional<Labeller> found = outcomes.apply(canonical.get());
      if (found.isEmpty() || !canonical.get().contains("|")) {
        refuse(
            "outcome",
            "'" + canonical.get() + "' is no outcome definition of this server",
            "Give one as url|version; search Library?url=… for those it has.");
      }
      return found.orElse(null);
    }

    private @Nullable IndexRule noIndex() {
      if (given.containsKey("index")) {
        refuse("index", "is for rows, and MEDS has none", "Add a format of rows.");
      }
      return null;
    }

    private @Nullable IndexRule index() {
      String rule = one("index").orElse("");
      Set<String> classes = new HashSet<>(given.getOrDefault("class", List.of()));
      Set<String> inpatient = classes.isEmpty() ? Stay.INPATIENT : classes;
      Duration offset = duration("offset", "PT0S");
      Set<String> needs =
          switch (rule) {
            case "admission", "visit", "discharge" -> Set.of("class", "offset");
            case "stay" -> Set.of("class", "offset", "step");
            case "grid" -> Set.of("start", "end", "step");
            case "list" -> Set.of("time");
            default -> {
              refuse(
                  "index",
                  rule.isEmpty() ? "is missing" : "'" + rule + "' is no rule",
                  "Give one of admission, visit, discharge, stay, grid, list.");
              yield Set.of("class", "offset", "step", "start", "end", "time");
            }
          };
      for (String name : List.of("class", "offset", "step", "start", "end", "time")) {
        if (given.containsKey(name) && !needs.contains(name)) {
          refuse(name, "does not go with index " + rule, "Leave it out.");
        }
      }
      int before = problems.size();
      if (needs.contains("offset")) {
        or("offset", "PT0S");
      }
      IndexRule found =
          switch (rule) {
            case "admission" -> new IndexRule.Begin(inpatient, offset);
            case "visit" -> new IndexRule.Begin(classes, offset);
            case "discharge" -> new IndexRule.End(inpatient, offset);
            case "stay" -> stay(inpatient, offset);
            case "grid" -> grid();
            case "list" -> listed();
            default -> null;
          };
      return problems.size() > before ? null : found;
    }

    private @Nullable IndexRule stay(Set<String> classes, Duration offset) {
      Duration step = step();
      return step == null ? null : new IndexRule.During(classes, offset, step);
    }

    private @Nullable IndexRule grid() {
      Duration step = step();
      Optional<Instant> from = required("start");
      Optional<Instant> to = required("end");
      if (step == null || from.isEmpty() || to.isEmpty()) {
        return null;
      }
      try {
        return new IndexRule.Grid(from.get(), to.get(), step);
      } catch (IllegalArgumentException e) {
        refuse("start", String.valueOf(e.getMessage()), "Give another start, end or step.");
        return null;
      }
    }

    private Optional<Instant> required(String name) {
      Optional<String> text = one(name);
      if (text.isEmpty()) {
        refuse(name, "is missing", "Give a time such as 2024-05-03T10:00:00Z.");
      }
      return text.flatMap(t -> instant(name, t));
    }

    private @Nullable Duration step() {
      Duration step = duration("step", "");
      if (step.compareTo(Duration.ofMinutes(1)) < 0) {
        refuse("step", "is missing, or shorter than a minute", "Give a duration such as PT1H.");
        return null;
      }
      return step;
    }

    private Duration duration(String name, String otherwise) {
      String text = one(name).orElse(otherwise);
      try {
        Duration duration = text.isEmpty() ? Duration.ZERO : Duration.parse(text);
        if (duration.abs().compareTo(LONGEST) <= 0) {
          return duration;
        }
      } catch (DateTimeException | ArithmeticException e) {
        // Said below, together with what is longer than any life.
      }
      refuse(name, "'" + text + "' is no duration", "Give one such as PT24H or P7D.");
      return Duration.ZERO;
    }

    /** {@code 2024-05-03T10:00:00Z} for everybody, {@code Patient/1@…} for one. */
    private @Nullable IndexRule listed() {
      List<String> times = given.getOrDefault("time", List.of());
      if (times.isEmpty() || times.size() > MOST_TIMES) {
        refuse("time", "takes 1 to 100,000 times", "List them, or take another rule.");
        return null;
      }
      Set<Instant> everybody = new HashSet<>();
      Map<String, Set<Instant>> each = new HashMap<>();
      for (String text : times) {
        int at = text.indexOf('@');
        if (at < 0) {
          instant("time", text).ifPresent(everybody::add);
        } else if (text.substring(0, at).matches("Patient/[A-Za-z0-9.-]{1,64}")) {
          String patient = text.substring("Patient/".length(), at);
          instant("time", text.substring(at + 1))
              .ifPresent(time -> each.computeIfAbsent(patient, p -> new HashSet<>()).add(time));
        } else {
          refuse("time", "'" + text + "' names no patient", "Give it as Patient/1@2024-05-03.");
        }
      }
      return new IndexRule.Listed(everybody, each);
    }

    /** A date counts to its end, as everywhere here. */
    private Optional<Instant> instant(String name, String text) {
      try {
        Instant instant =
            text.indexOf('T') < 0
                ? LocalDate.parse(text).plusDays(1).atStartOfDay(zone).toInstant().minusMillis(1)
                : OffsetDateTime.parse(text).toInstant();
        if (!instant.isBefore(EARLIEST) && instant.isBefore(LATEST)) {
          return Optional.of(instant);
        }
      } catch (DateTimeException e) {
        // Said below, together with what no record reaches.
      }
      refuse(
          name,
          "'" + text + "' is no time",
          "Give one such as 2024-05-03T10:00:00Z, or a date such as 2024-05-03.");
      return Optional.empty();
    }

    private @Nullable Split split(boolean meds) {
      String by = or("split", "patient");
      Optional<Split.By> known =
          Arrays.stream(Split.By.values()).filter(b -> b.code().equals(by)).findFirst();
      if (known.isEmpty()) {
        refuse("split", "'" + by + "' is no rule", "Give one of patient, slot, time.");
      } else if (meds && known.get() == Split.By.TIME) {
        refuse("split", "MEDS splits patients, not times", "Give patient or slot.");
      }
      boolean isWhole =
          List.of("train", "validation", "test").stream().anyMatch(given::containsKey);
      BigDecimal train = share("train", isWhole ? "0" : "0.7");
      BigDecimal validation = share("validation", isWhole ? "0" : "0.15");
      BigDecimal test = share("test", isWhole ? "0" : "0.15");
      long seed = 0;
      String text = or("seed", "0");
      try {
        seed = Long.parseLong(text);
      } catch (NumberFormatException e) {
        refuse("seed", "'" + text + "' is no whole number", "Give one such as 42.");
      }
      if (known.isEmpty()) {
        return null;
      }
      try {
        return new Split(known.get(), seed, train, validation, test);
      } catch (IllegalArgumentException e) {
        refuse("train", String.valueOf(e.getMessage()), "Give shares such as 0.7, 0.15 and 0.15.");
        return null;
      }
    }

    private BigDecimal share(String name, String otherwise) {
      String text = or(name, otherwise);
      if (text.matches("[01](\\.\\d{1,6})?")) {
        return new BigDecimal(text);
      }
      refuse(name, "'" + text + "' is no share", "Give a number from 0 to 1 such as 0.15.");
      return BigDecimal.ZERO;
    }
  }
}
