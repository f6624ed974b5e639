package org.auscult.server.adjudication;

import static org.auscult.feature.fhir.Problems.first;
import static org.auscult.feature.fhir.Problems.part;
import static org.auscult.feature.fhir.Problems.text;

import ca.uhn.fhir.model.api.TemporalPrecisionEnum;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Period;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.auscult.feature.fhir.Parsed;
import org.auscult.feature.fhir.Problems;
import org.auscult.feature.fhir.Profiles;
import org.auscult.monitoring.adjudication.AdjudicationPlan;
import org.auscult.monitoring.adjudication.Way;
import org.auscult.monitoring.performance.ReportWindow;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.Extension;
import org.hl7.fhir.r4.model.IntegerType;
import org.hl7.fhir.r4.model.PlanDefinition;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.Reference;
import org.jspecify.annotations.Nullable;

/** Reads adjudication plans from PlanDefinitions, and says everything that is wrong with one. */
final class AdjudicationPlans {
  /** Beyond, nobody would answer in time. */
  private static final int MOST = 1_000;

  private static final Duration LONGEST = Duration.ofDays(366);

  private final ZoneId zone;

  /**
   * @param zone in which a date without a time begins
   */
  AdjudicationPlans(ZoneId zone) {
    this.zone = zone;
  }

  /** Whether a PlanDefinition claims to be a plan. */
  static boolean isOne(PlanDefinition plan) {
    return Profiles.claims(plan, AdjudicationUrls.PLAN);
  }

  /** The plan, or all of its problems. */
  Parsed<AdjudicationPlan> read(PlanDefinition plan) {
    return new Reading(plan).parsed();
  }

  /** One pass over one PlanDefinition; collects problems on the way. */
  private final class Reading {
    private final PlanDefinition plan;
    private final Problems problems = new Problems();

    Reading(PlanDefinition plan) {
      this.plan = plan;
    }

    Parsed<AdjudicationPlan> parsed() {
      String url = problems.url("PlanDefinition.url", plan.getUrl());
      String version =
          problems.required("PlanDefinition.version", plan.getVersion(), "a version like 1.0.0");
      String title =
          problems.required("PlanDefinition.title", plan.getTitle(), "a title for people");
      problems.required(
          "PlanDefinition.description", plan.getDescription(), "why people look at these labels");
      if (plan.hasAction()) {
        problems.add(
            "PlanDefinition.action", "a plan has none", "Say all by extensions, and remove it.");
      }
      String outcome = pinned(AdjudicationUrls.OUTCOME, text(once(AdjudicationUrls.OUTCOME)));
      String form = pinned(AdjudicationUrls.FORM, text(once(AdjudicationUrls.FORM)));
      AdjudicationPlan.Guideline guideline = guideline();
      Map<Way, Integer> shares = shares();
      int seed = seed();
      Optional<ReportWindow.Kind> window = window();
      List<String> performers = performers();
      Duration answer = answer();
      AdjudicationPlan.Validity period = period();
      if (!problems.isEmpty()) {
        return new Parsed.Refused<>(problems.all());
      }
      return new Parsed.Accepted<>(
          new AdjudicationPlan(
              url + "|" + version,
              title,
              outcome,
              form,
              guideline,
              shares,
              seed,
              window.orElseThrow(),
              performers,
              answer,
              period));
    }

    private @Nullable Extension once(String url) {
      List<Extension> found = plan.getExtensionsByUrl(url);
      if (found.size() > 1) {
        problems.add(where(url), "it is there more than once", "Keep one.");
      }
      return first(found);
    }

    private String pinned(String url, @Nullable String canonical) {
      if (canonical == null || !Problems.isPinned(canonical)) {
        problems.add(
            where(url),
            canonical == null ? "it is missing" : "'" + canonical + "' names no version",
            "Give url|version.");
        return "";
      }
      return canonical;
    }

    private AdjudicationPlan.Guideline guideline() {
      Extension stated = once(AdjudicationUrls.GUIDELINE);
      String document =
          pinned(AdjudicationUrls.GUIDELINE, stated == null ? null : part(stated, "document"));
      String sha256 = stated == null ? null : part(stated, "sha256");
      if (sha256 == null || !sha256.matches("[0-9a-f]{64}")) {
        problems.add(
            where(AdjudicationUrls.GUIDELINE) + ".sha256",
            "it is no SHA-256",
            "Give the hash of the guideline's text, 64 lower-case hexadecimal digits.");
        return new AdjudicationPlan.Guideline(document, "");
      }
      return new AdjudicationPlan.Guideline(document, sha256);
    }

    private Map<Way, Integer> shares() {
      Map<Way, Integer> shares = new EnumMap<>(Way.class);
      String where = where(AdjudicationUrls.CHOICE);
      for (Extension stated : plan.getExtensionsByUrl(AdjudicationUrls.CHOICE)) {
        String code = part(stated, "way");
        Optional<Way> way = code == null ? Optional.empty() : Way.of(code);
        int count =
            Problems.value(stated, "count") instanceof IntegerType number && number.hasValue()
                ? number.getValue()
                : 0;
        if (way.isEmpty()) {
          problems.add(
              where + ".way",
              code == null ? "it is missing" : "'" + code + "' is none",
              "Say random, uncertain or informative.");
        } else if (shares.put(way.get(), count) != null) {
          problems.add(where, code + " is there more than once", "Keep one.");
        }
        if (count < 1 || count > MOST) {
          problems.add(
              where + ".count",
              "it is no whole number from 1 to " + MOST,
              "Say how many cases of each window are chosen so.");
        }
      }
      if (shares.isEmpty()) {
        problems.add(where, "it is missing", "Say how many cases are chosen, and by which way.");
      }
      return shares;
    }

    private int seed() {
      Extension stated = once(AdjudicationUrls.SEED);
      if (stated != null && stated.getValue() instanceof IntegerType number && number.hasValue()) {
        return number.getValue();
      }
      problems.add(where(AdjudicationUrls.SEED), "it is no whole number", "Give any, such as 1.");
      return 0;
    }

    private Optional<ReportWindow.Kind> window() {
      String code = text(once(AdjudicationUrls.WINDOW));
      Optional<ReportWindow.Kind> kind =
          code == null
              ? Optional.empty()
              : ReportWindow.Kind.of(code).filter(k -> k != ReportWindow.Kind.QUARTER);
      if (kind.isEmpty()) {
        problems.add(
            where(AdjudicationUrls.WINDOW),
            code == null ? "it is missing" : "'" + code + "' is none: windows may not overlap",
            "Say week or month.");
      }
      return kind;
    }

    private List<String> performers() {
      String where = where(AdjudicationUrls.PERFORMER);
      List<String> performers = new ArrayList<>();
      for (Extension stated : plan.getExtensionsByUrl(AdjudicationUrls.PERFORMER)) {
        String person =
            stated.getValue() instanceof Reference reference ? reference.getReference() : null;
        if (person == null || !person.matches("Practitioner/[A-Za-z0-9.-]{1,64}")) {
          problems.add(where, "'" + person + "' is no practitioner here", "Give Practitioner/id.");
        } else {
          performers.add(person);
        }
      }
      if (new HashSet<>(performers).size()
          < Math.max(AdjudicationPlan.FEWEST_PERFORMERS, performers.size())) {
        problems.add(
            where,
            "there are not three different people",
            "Name three at least, each once: two judge, and a third where they disagree.");
      }
      return performers;
    }

    private Duration answer() {
      Extension stated = once(AdjudicationUrls.ANSWER);
      Duration length =
          stated != null && stated.getValue() instanceof Quantity given
              ? length(given)
              : Duration.ZERO;
      if (length.isZero() || length.compareTo(LONGEST) > 0) {
        problems.add(
            where(AdjudicationUrls.ANSWER),
            "it is no time of up to a year in h, d or wk",
            "Give a Duration such as 14 d, with its UCUM code.");
      }
      return length;
    }

    private AdjudicationPlan.Validity period() {
      Instant from = instant(plan.getEffectivePeriod().getStartElement(), Period.ZERO);
      Instant until = instant(plan.getEffectivePeriod().getEndElement(), Period.ofDays(1));
      if (from == null) {
        problems.add(
            "PlanDefinition.effectivePeriod.start",
            "it is no day",
            "Say from when on windows are chosen from.");
      }
      if (from != null && until != null && !from.isBefore(until)) {
        problems.add(
            "PlanDefinition.effectivePeriod", "it ends before it begins", "Turn it round.");
      }
      return new AdjudicationPlan.Validity(from == null ? Instant.EPOCH : from, until);
    }
  }

  /** A date without a time is all of its day, at the site; null if there is none. */
  private @Nullable Instant instant(DateTimeType time, Period day) {
    return switch (time.hasValue() ? time.getPrecision() : TemporalPrecisionEnum.YEAR) {
      case YEAR, MONTH -> null;
      case DAY -> LocalDate.parse(time.getValueAsString()).plus(day).atStartOfDay(zone).toInstant();
      case MINUTE, SECOND, MILLI -> time.getValue().toInstant();
    };
  }

  /** Zero if it is none. */
  private static Duration length(Quantity given) {
    if (!given.hasValue() || given.getValue().signum() <= 0 || !given.hasCode()) {
      return Duration.ZERO;
    }
    int hours =
        switch (given.getCode()) {
          case "h" -> 1;
          case "d" -> 24;
          case "wk" -> 168;
          default -> 0;
        };
    return Duration.ofSeconds(
        Math.round(Math.min(given.getValue().doubleValue(), 10_000) * hours * 3_600));
  }

  private static String where(String url) {
    return "PlanDefinition.extension('" + url + "')";
  }
}
