package org.auscult.server.retraining;

import static org.auscult.feature.fhir.Problems.part;
import static org.auscult.feature.fhir.Problems.text;

import java.time.Instant;
import java.time.Period;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.auscult.feature.fhir.Parsed;
import org.auscult.feature.fhir.Problem;
import org.auscult.feature.fhir.Problems;
import org.auscult.feature.fhir.Profiles;
import org.auscult.model.ModelCatalog;
import org.auscult.monitoring.finding.FindingKind;
import org.auscult.monitoring.retraining.RetrainingPlan;
import org.auscult.monitoring.retraining.RetrainingTrigger;
import org.auscult.monitoring.retraining.RetrainingTrigger.Elapsed;
import org.auscult.monitoring.retraining.RetrainingTrigger.Found;
import org.auscult.monitoring.retraining.RetrainingTrigger.Happened;
import org.auscult.server.alert.AlertUrls;
import org.hl7.fhir.r4.model.Extension;
import org.hl7.fhir.r4.model.IntegerType;
import org.hl7.fhir.r4.model.PlanDefinition;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Type;
import org.jspecify.annotations.Nullable;

/** Reads retraining plans from PlanDefinitions, and says everything that is wrong with one. */
public final class RetrainingPlans {
  private static final Period QUARTER = Period.ofMonths(3);
  private static final Period TWO_YEARS = Period.ofMonths(24);
  private static final int ENOUGH_LABELS = 1_000;
  private static final String A_LENGTH = "Give a Duration in d, wk, mo or a, such as 3 mo.";

  private RetrainingPlans() {}

  /** Whether a PlanDefinition claims to be one. */
  static boolean isOne(PlanDefinition plan) {
    return Profiles.claims(plan, RetrainingUrls.PLAN);
  }

  /** The plan, or all of its problems. */
  public static Parsed<RetrainingPlan> read(PlanDefinition plan) {
    return new Reading(plan).parsed();
  }

  /** Everything that is wrong with one, on a server that has these models. */
  static List<Problem> problems(PlanDefinition plan, ModelCatalog models) {
    Parsed<RetrainingPlan> parsed = read(plan);
    if (parsed instanceof Parsed.Refused<RetrainingPlan> refused) {
      return refused.problems();
    }
    String model = parsed.orThrow().model();
    return !Problems.isPinned(model) || models.find(model).isPresent()
        ? List.of()
        : List.of(
            new Problem(
                where(AlertUrls.MODEL),
                model + " is no model that is here",
                "Register it first, or correct the canonical."));
  }

  /** One pass over one PlanDefinition; collects problems on the way. */
  private static final class Reading {
    private final PlanDefinition plan;
    private final Problems problems = new Problems();

    Reading(PlanDefinition plan) {
      this.plan = plan;
    }

    Parsed<RetrainingPlan> parsed() {
      String url = problems.url("PlanDefinition.url", plan.getUrl());
      String version =
          problems.required("PlanDefinition.version", plan.getVersion(), "a version like 1.0.0");
      String title =
          problems.required("PlanDefinition.title", plan.getTitle(), "a title for people");
      String model =
          problems.required(
              where(AlertUrls.MODEL),
              text(plan.getExtensionByUrl(AlertUrls.MODEL)),
              "the model's url, or url|version");
      if (!plan.hasDate()) {
        problems.add("PlanDefinition.date", "it is missing", "Say from when on time is counted.");
      }
      List<RetrainingTrigger> triggers = new ArrayList<>();
      plan.getExtensionsByUrl(RetrainingUrls.TRIGGER)
          .forEach(stated -> trigger(stated).ifPresent(triggers::add));
      if (!plan.hasExtension(RetrainingUrls.TRIGGER)) {
        problems.add(
            where(RetrainingUrls.TRIGGER), "there is none", "Say when people are to be asked.");
      }
      Extension window = plan.getExtensionByUrl(RetrainingUrls.WINDOW);
      Period length = window == null ? TWO_YEARS : length(window, RetrainingUrls.WINDOW, "length");
      int labels = labels(window);
      String site = site();
      if (!problems.isEmpty()) {
        return new Parsed.Refused<>(problems.all());
      }
      Instant began = plan.getDate().toInstant();
      return new Parsed.Accepted<>(
          new RetrainingPlan(
              url + "|" + version, title, model, site, began, triggers, length, labels));
    }

    private Optional<RetrainingTrigger> trigger(Extension stated) {
      String kind = String.valueOf(part(stated, "kind"));
      switch (kind) {
        case "time" -> {
          only(stated, "every");
          Period every =
              stated.hasExtension("every")
                  ? length(stated, RetrainingUrls.TRIGGER, "every")
                  : QUARTER;
          return Optional.of(new Elapsed(every));
        }
        case "performance", "drift" -> {
          only(stated, "rule");
          FindingKind found = kind.equals("drift") ? FindingKind.DRIFT : FindingKind.PERFORMANCE;
          return Optional.of(new Found(found, part(stated, "rule")));
        }
        case "event" -> {
          only(stated, "event");
          String event = part(stated, "event");
          if (event == null) {
            problems.add(
                where(RetrainingUrls.TRIGGER) + ".event",
                "it is missing",
                "Give the kind of event, such as guideline.");
            return Optional.empty();
          }
          return Optional.of(new Happened(event));
        }
        default -> {
          problems.add(
              where(RetrainingUrls.TRIGGER) + ".kind",
              "'" + kind + "' is none",
              "Say time, performance, drift or event.");
          return Optional.empty();
        }
      }
    }

    private void only(Extension stated, String part) {
      for (String other : List.of("every", "rule", "event")) {
        if (!other.equals(part) && stated.hasExtension(other)) {
          problems.add(
              where(RetrainingUrls.TRIGGER) + "." + other,
              "this kind of trigger does not use it",
              "Remove it.");
        }
      }
    }

    private Period length(Extension stated, String url, String part) {
      Period length = period(Problems.value(stated, part));
      if (length == null) {
        problems.add(where(url) + "." + part, "it is no whole time above 0", A_LENGTH);
        return QUARTER;
      }
      return length;
    }

    private int labels(@Nullable Extension window) {
      Type value = window == null ? null : Problems.value(window, "labels");
      if (value == null) {
        return ENOUGH_LABELS;
      }
      if (value instanceof IntegerType number && number.hasValue() && number.getValue() >= 1) {
        return number.getValue();
      }
      problems.add(
          where(RetrainingUrls.WINDOW) + ".labels",
          "it is no whole number from 1 on",
          "Say how many labels after a change are enough.");
      return ENOUGH_LABELS;
    }

    private String site() {
      Extension stated = plan.getExtensionByUrl(RetrainingUrls.SITE);
      if (stated == null) {
        return "";
      }
      if (stated.getValue() instanceof Reference site
          && "Organization".equals(site.getReferenceElement().getResourceType())) {
        return site.getReferenceElement().getIdPart();
      }
      problems.add(
          where(RetrainingUrls.SITE),
          "it refers to no Organization",
          "Give Organization/[id], or leave it out for all sites.");
      return "";
    }
  }

  private static @Nullable Period period(@Nullable Type value) {
    if (!(value instanceof Quantity quantity)
        || !quantity.hasValue()
        || !quantity.hasCode()
        || quantity.getValue().signum() <= 0
        || quantity.getValue().stripTrailingZeros().scale() > 0
        || quantity.getValue().intValue() > 36_500) {
      return null;
    }
    int count = quantity.getValue().intValue();
    return switch (quantity.getCode()) {
      case "d" -> Period.ofDays(count);
      case "wk" -> Period.ofWeeks(count);
      case "mo" -> Period.ofMonths(count);
      case "a" -> Period.ofYears(count);
      default -> null;
    };
  }

  private static String where(String url) {
    return "PlanDefinition.extension('" + url + "')";
  }
}
