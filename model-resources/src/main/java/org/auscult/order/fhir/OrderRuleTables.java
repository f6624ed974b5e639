package org.auscult.order.fhir;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.auscult.feature.Range;
import org.auscult.feature.fhir.Parsed;
import org.auscult.feature.fhir.Problems;
import org.auscult.feature.fhir.Profiles;
import org.auscult.order.DoseBand;
import org.auscult.order.DoseBand.AdvisedAction;
import org.auscult.order.DoseBand.Bound;
import org.auscult.order.DrugRule;
import org.auscult.order.OrderRules;
import org.auscult.order.RenalMeasure;
import org.auscult.order.RenalMeasure.BodyWeight;
import org.auscult.order.RenalMeasure.Kind;
import org.auscult.order.RuleSource;
import org.auscult.order.Severity;
import org.auscult.timeline.Code;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Extension;
import org.hl7.fhir.r4.model.Library;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.RelatedArtifact.RelatedArtifactType;
import org.hl7.fhir.r4.model.Type;
import org.jspecify.annotations.Nullable;

/** Reads tables of order rules from Libraries, and says everything that is wrong with one. */
public final class OrderRuleTables {
  private static final String BAND = "band";
  private static final String SOURCE = "source";
  private static final String BODY_MASS_INDEX = "kg/m2";

  private OrderRuleTables() {}

  /** Whether a Library claims to be a table of order rules. */
  public static boolean isOne(Library library) {
    return Profiles.claims(library, OrderUrls.ORDER_RULES);
  }

  /** The table, or all of its problems. */
  public static Parsed<OrderRules> read(Library library) {
    return new Reading(library).parsed();
  }

  /** One pass over one Library; collects problems on the way. */
  private static final class Reading {
    private final Library library;
    private final Problems problems = new Problems();

    Reading(Library library) {
      this.library = library;
    }

    Parsed<OrderRules> parsed() {
      String url = problems.url("Library.url", library.getUrl());
      String version =
          problems.required("Library.version", library.getVersion(), "a version like 1.0.0");
      String name = problems.required("Library.name", library.getName(), "a machine name");
      String title = problems.required("Library.title", library.getTitle(), "a title for people");
      problems.required(
          "Library.description",
          library.getDescription(),
          "what the table covers, and what it does not");
      String featureSet = featureSet();
      String egfrModel = canonical(OrderUrls.EGFR_MODEL, "the model that computes the eGFR");
      String otherDrugs = canonical(OrderUrls.OTHER_DRUGS, "the ValueSet of other drugs");
      List<DrugRule> rules = rules();
      return problems.isEmpty()
          ? new Parsed.Accepted<>(
              new OrderRules(url, version, name, title, featureSet, egfrModel, otherDrugs, rules))
          : new Parsed.Refused<>(problems.all());
    }

    private String featureSet() {
      List<String> sets =
          library.getRelatedArtifact().stream()
              .filter(a -> a.getType() == RelatedArtifactType.DEPENDSON)
              .map(a -> String.valueOf(a.getResource()))
              .toList();
      if (sets.size() != 1 || !Problems.isPinned(sets.get(0))) {
        problems.add(
            "Library.relatedArtifact",
            "with depends-on it names " + sets,
            "Name one feature set, as url|version.");
        return "";
      }
      return sets.get(0);
    }

    private String canonical(String url, String what) {
      List<Extension> found = library.getExtensionsByUrl(url);
      if (found.size() > 1) {
        problems.add(extension(url), "it is there more than once", "Keep one.");
      }
      return pinned(extension(url), Problems.text(Problems.first(found)), what);
    }

    private String pinned(String where, @Nullable String canonical, String what) {
      String given = problems.required(where, canonical, what + ", as url|version");
      if (!given.isEmpty() && !Problems.isPinned(given)) {
        problems.add(where, given + " names no version", "Write url|version.");
      }
      return given;
    }

    private List<DrugRule> rules() {
      List<DrugRule> rules = new ArrayList<>();
      Set<Code> seen = new HashSet<>();
      List<Extension> given = library.getExtensionsByUrl(OrderUrls.RULE);
      if (given.isEmpty()) {
        problems.add(extension(OrderUrls.RULE), "there is none", "Give one for each ingredient.");
      }
      for (int i = 0; i < given.size(); i++) {
        String where = extension(OrderUrls.RULE) + "[" + i + "]";
        rule(given.get(i), where)
            .ifPresent(
                rule -> {
                  if (!seen.add(rule.ingredient())) {
                    problems.add(
                        where + ".ingredient",
                        rule.ingredient() + " has a rule already",
                        "Make one of both.");
                  }
                  rules.add(rule);
                });
      }
      return rules;
    }

    /** A rule; a problem is noted for everything that keeps it from being read. */
    private Optional<DrugRule> rule(Extension extension, String where) {
      int before = problems.all().size();
      once(extension, where, Set.of(BAND));
      Code ingredient = ingredient(extension, where);
      String title =
          problems.required(
              where + ".title", Problems.part(extension, "title"), "the ingredient's name");
      String codes =
          pinned(
              where + ".codes",
              Problems.part(extension, "codes"),
              "the ValueSet by which an order is recognised");
      RenalMeasure measure = measure(extension, where);
      List<DoseBand> bands =
          bands(extension, where, measure == null ? null : measure.kind().unit());
      RuleSource source = source(extension, where + "." + SOURCE);
      if (problems.all().size() > before
          || ingredient == null
          || measure == null
          || source == null) {
        return Optional.empty();
      }
      return Optional.of(new DrugRule(ingredient, title, codes, measure, bands, source));
    }

    private @Nullable Code ingredient(Extension extension, String where) {
      if (Problems.value(extension, "ingredient") instanceof Coding coding
          && coding.hasSystem()
          && coding.hasCode()) {
        return new Code(coding.getSystem(), coding.getCode());
      }
      problems.add(
          where + ".ingredient", "there is no code with its system", "Give a Coding of RxNorm.");
      return null;
    }

    private @Nullable RenalMeasure measure(Extension extension, String where) {
      Kind kind = coded(extension, where, "measure", Kind::of, Kind.values(), Kind::code);
      BodyWeight weight =
          Problems.value(extension, "weight") == null
              ? null
              : coded(
                  extension,
                  where,
                  "weight",
                  BodyWeight::of,
                  BodyWeight.values(),
                  BodyWeight::code);
      boolean isMisread = Problems.value(extension, "weight") != null && weight == null;
      Range usual = usual(extension, where + ".usualBodyMassIndex");
      boolean isMissing = Problems.value(extension, "usualBodyMassIndex") == null;
      if (kind == null || isMisread || (usual == null && !isMissing)) {
        return null;
      }
      if ((kind == Kind.COCKCROFT_GAULT) != (weight != null)) {
        problems.add(
            where + ".weight",
            weight == null ? "it is missing" : kind.code() + " takes no weight",
            "Say which weight Cockcroft-Gault takes, and only there.");
        return null;
      }
      if ((kind == Kind.EGFR) != (usual != null)) {
        problems.add(
            where + ".usualBodyMassIndex",
            usual == null ? "it is missing" : kind.code() + " is for a body of any size",
            "Say outside of which body mass index the eGFR is de-indexed, and only for egfr.");
        return null;
      }
      return new RenalMeasure(kind, weight, usual);
    }

    /** Both ends, in kg/m2; null, with a problem unless there is none, if it cannot be read. */
    private @Nullable Range usual(Extension extension, String where) {
      Type value = Problems.value(extension, "usualBodyMassIndex");
      if (value == null) {
        return null;
      }
      if (value instanceof org.hl7.fhir.r4.model.Range range
          && isIn(range.getLow(), BODY_MASS_INDEX)
          && isIn(range.getHigh(), BODY_MASS_INDEX)
          && range.getLow().getValue().compareTo(range.getHigh().getValue()) < 0) {
        return new Range(range.getLow().getValue(), range.getHigh().getValue());
      }
      problems.add(
          where, "it is no range with two ends in kg/m2", "Give a Range such as 18 to 40 kg/m2.");
      return null;
    }

    private static boolean isIn(Quantity quantity, String unit) {
      return quantity.hasValue() && unit.equals(quantity.getCode());
    }

    private List<DoseBand> bands(Extension extension, String where, @Nullable String unit) {
      List<DoseBand> bands = new ArrayList<>();
      List<Extension> given = extension.getExtensionsByUrl(BAND);
      if (given.isEmpty()) {
        problems.add(where + "." + BAND, "there is none", "Say from where on what is advised.");
      }
      for (int i = 0; i < given.size(); i++) {
        String at = where + "." + BAND + "[" + i + "]";
        band(given.get(i), at, unit)
            .ifPresent(
                band -> {
                  if (!bands.isEmpty() && band.limit() <= bands.get(bands.size() - 1).limit()) {
                    problems.add(
                        at, "its limit does not lie above the one before", "Put the lowest first.");
                  }
                  bands.add(band);
                });
      }
      return bands;
    }

    private Optional<DoseBand> band(Extension extension, String where, @Nullable String unit) {
      once(extension, where, Set.of());
      Type below = Problems.value(extension, "below");
      Type upTo = Problems.value(extension, "upTo");
      Integer limit = null;
      if ((below == null) == (upTo == null)) {
        problems.add(where, "it has no limit, or two", "Give below, or upTo.");
      } else {
        limit = limit(below == null ? upTo : below, where, unit);
      }
      AdvisedAction action =
          coded(
              extension,
              where,
              "action",
              AdvisedAction::of,
              AdvisedAction.values(),
              AdvisedAction::code);
      Severity severity =
          coded(extension, where, "severity", Severity::of, Severity.values(), Severity::code);
      String text =
          problems.required(
              where + ".text", Problems.part(extension, "text"), "what to tell the clinician");
      if (limit == null || action == null || severity == null || text.isEmpty()) {
        return Optional.empty();
      }
      return Optional.of(
          new DoseBand(
              limit,
              below == null ? Bound.UP_TO : Bound.BELOW,
              action,
              severity,
              text,
              Problems.part(extension, "dose")));
    }

    private @Nullable Integer limit(@Nullable Type value, String where, @Nullable String unit) {
      if (!(value instanceof Quantity quantity)
          || !quantity.hasValue()
          || quantity.hasComparator()
          || !isWhole(quantity.getValue())) {
        problems.add(
            where,
            "its limit is no whole number above zero",
            "What is compared is the number as shown, rounded down: give a whole number.");
        return null;
      }
      if (unit != null && !unit.equals(quantity.getCode())) {
        problems.add(
            where,
            "its limit is in " + quantity.getCode(),
            "Give it in the unit of the rule's measure, " + unit + ".");
        return null;
      }
      return quantity.getValue().intValueExact();
    }

    private static boolean isWhole(BigDecimal value) {
      return value.signum() > 0
          && value.stripTrailingZeros().scale() <= 0
          && value.compareTo(new BigDecimal("1000")) < 0;
    }

    private @Nullable RuleSource source(Extension extension, String where) {
      Extension given = Problems.first(extension.getExtensionsByUrl(SOURCE));
      if (given == null) {
        problems.add(where, "it is missing", "Say where the rule comes from.");
        return null;
      }
      once(given, where, Set.of());
      String title =
          problems.required(where + ".title", Problems.part(given, "title"), "the source's title");
      String url =
          problems.required(where + ".url", Problems.part(given, "url"), "the source's address");
      String date =
          problems.required(where + ".date", Problems.part(given, "date"), "the source's date");
      String confirmed =
          problems.required(
              where + ".confirmed",
              Problems.part(given, "confirmed"),
              "where cut-off and measure were read");
      if (!url.isEmpty() && !url.matches("https?://.+")) {
        problems.add(where + ".url", url + " is no absolute address", "Give one with https.");
      }
      return new RuleSource(title, url, date, confirmed);
    }

    private <E> @Nullable E coded(
        Extension extension,
        String where,
        String part,
        Function<String, Optional<E>> of,
        E[] all,
        Function<E, String> code) {
      String given = Problems.part(extension, part);
      Optional<E> found = given == null ? Optional.empty() : of.apply(given);
      if (found.isEmpty()) {
        problems.add(
            where + "." + part,
            given == null ? "it is missing" : "'" + given + "' is none",
            "Use one of " + Arrays.stream(all).map(code).toList() + ".");
      }
      return found.orElse(null);
    }

    /** What is read once is there once, and nothing is there that would not be read. */
    private void once(Extension extension, String where, Set<String> many) {
      Set<String> parts = new HashSet<>();
      Set<String> doubled = new LinkedHashSet<>();
      for (Extension part : extension.getExtension()) {
        if (!many.contains(part.getUrl()) && !parts.add(part.getUrl())) {
          doubled.add(part.getUrl());
        }
      }
      doubled.forEach(
          p -> problems.add(where + "." + p, "it is there more than once", "Keep one."));
    }

    private static String extension(String url) {
      return "Library.extension('" + url + "')";
    }
  }
}
