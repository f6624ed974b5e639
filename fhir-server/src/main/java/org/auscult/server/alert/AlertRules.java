package org.auscult.server.alert;

import static org.auscult.feature.fhir.Problems.first;
import static org.auscult.feature.fhir.Problems.part;
import static org.auscult.feature.fhir.Problems.text;

import ca.uhn.fhir.context.FhirContext;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.auscult.feature.fhir.Parsed;
import org.auscult.feature.fhir.Problem;
import org.auscult.feature.fhir.Problems;
import org.auscult.feature.fhir.Profiles;
import org.auscult.ig.Ig;
import org.auscult.model.ModelCatalog;
import org.auscult.model.PredictionModel;
import org.auscult.model.RegisteredModel;
import org.auscult.monitoring.alert.AlertFigure;
import org.auscult.monitoring.alert.AlertGroup;
import org.auscult.monitoring.alert.AlertRule;
import org.auscult.monitoring.alert.AlertTest;
import org.auscult.monitoring.finding.FindingSeverity;
import org.auscult.monitoring.performance.ReportWindow;
import org.auscult.server.feature.StoredDefinitions;
import org.hl7.fhir.r4.model.CodeSystem;
import org.hl7.fhir.r4.model.CodeSystem.ConceptDefinitionComponent;
import org.hl7.fhir.r4.model.Extension;
import org.hl7.fhir.r4.model.IntegerType;
import org.hl7.fhir.r4.model.PlanDefinition;
import org.hl7.fhir.r4.model.Quantity;
import org.jspecify.annotations.Nullable;

/** Reads alert rules from PlanDefinitions, and says everything that is wrong with one. */
public final class AlertRules {
  /** What reports count predictions by; it has no value. */
  private static final String COUNTS = "predictions";

  private final Set<String> figures;

  public AlertRules(FhirContext fhir) {
    CodeSystem system =
        fhir.newJsonParser().parseResource(CodeSystem.class, Ig.json("CodeSystem-figure.json"));
    this.figures =
        system.getConcept().stream()
            .map(ConceptDefinitionComponent::getCode)
            .filter(code -> !code.equals(COUNTS))
            .collect(Collectors.toCollection(TreeSet::new));
  }

  /** Whether a PlanDefinition claims to be a rule. */
  public static boolean isOne(PlanDefinition plan) {
    return Profiles.claims(plan, AlertUrls.RULE);
  }

  /** The rule, or all of its problems. */
  public Parsed<AlertRule> read(PlanDefinition plan) {
    return new Reading(plan).parsed();
  }

  /** Everything that is wrong with one, on a server that has these. */
  List<Problem> problems(PlanDefinition plan, ModelCatalog models, StoredDefinitions stored) {
    Parsed<AlertRule> parsed = read(plan);
    return parsed instanceof Parsed.Refused<AlertRule> refused
        ? refused.problems()
        : misfits(parsed.orThrow(), models, stored);
  }

  /** What a rule names by its version is here, and has the output. */
  private static List<Problem> misfits(
      AlertRule rule, ModelCatalog models, StoredDefinitions stored) {
    if (rule.model() == null || !Problems.isPinned(rule.model())) {
      return List.of();
    }
    if (stored.planDefinition(rule.model()).isPresent()) {
      return List.of();
    }
    Optional<PredictionModel> model = models.find(rule.model()).map(RegisteredModel::model);
    if (model.isEmpty()) {
      return List.of(
          new Problem(
              "PlanDefinition.extension('" + AlertUrls.MODEL + "')",
              rule.model() + " is no model or deployment that is here",
              "Register it first, or correct the canonical."));
    }
    if (rule.output() != null && model.get().output(rule.output()).isEmpty()) {
      return List.of(
          new Problem(
              "PlanDefinition.extension('" + AlertUrls.OUTPUT + "')",
              rule.model() + " has no output " + rule.output(),
              "Name one of its outputs, or leave it out for all."));
    }
    return List.of();
  }

  /** One pass over one PlanDefinition; collects problems on the way. */
  private final class Reading {
    private final PlanDefinition plan;
    private final Problems problems = new Problems();

    Reading(PlanDefinition plan) {
      this.plan = plan;
    }

    Parsed<AlertRule> parsed() {
      String url = problems.url("PlanDefinition.url", plan.getUrl());
      String version =
          problems.required("PlanDefinition.version", plan.getVersion(), "a version like 1.0.0");
      String title =
          problems.required("PlanDefinition.title", plan.getTitle(), "a title for people");
      problems.required("PlanDefinition.description", plan.getDescription(), "what a breach means");
      if (plan.hasAction()) {
        problems.add(
            "PlanDefinition.action", "a rule has none", "Say all by extensions, and remove it.");
      }
      AlertFigure figure = figure();
      Optional<ReportWindow.Kind> window =
          coded(AlertUrls.WINDOW, "week, month or quarter", ReportWindow.Kind::of);
      AlertGroup group = group();
      Optional<AlertTest> test = test(window);
      Optional<FindingSeverity> severity =
          coded(AlertUrls.SEVERITY, "info, warning or critical", FindingSeverity::of);
      int minimum = number(AlertUrls.MINIMUM, "how many rows a figure needs", null);
      int consecutive = number(AlertUrls.CONSECUTIVE, "how many windows", 1);
      Duration escalation = escalation();
      String model = text(once(AlertUrls.MODEL));
      String output = text(once(AlertUrls.OUTPUT));
      if (!problems.isEmpty()) {
        return new Parsed.Refused<>(problems.all());
      }
      return new Parsed.Accepted<>(
          new AlertRule(
              url + "|" + version,
              title,
              model,
              output,
              figure,
              window.orElseThrow(),
              group,
              test.orElseThrow(),
              minimum,
              consecutive,
              severity.orElseThrow(),
              escalation));
    }

    private @Nullable Extension once(String url) {
      List<Extension> found = plan.getExtensionsByUrl(url);
      if (found.size() > 1) {
        problems.add(where(url), "it is there more than once", "Keep one.");
      }
      return first(found);
    }

    private AlertFigure figure() {
      Extension stated = once(AlertUrls.FIGURE);
      String code = stated == null ? null : part(stated, "code");
      if (stated == null || code == null || !figures.contains(code)) {
        problems.add(
            where(AlertUrls.FIGURE),
            code == null ? "it is missing" : "'" + code + "' is told by no report",
            "Give its code: one of " + figures + ".");
        return new AlertFigure("none", Set.of(), null);
      }
      Set<String> parameters = new HashSet<>();
      for (Extension parameter : stated.getExtensionsByUrl("parameter")) {
        String named = text(parameter);
        if (named == null || !named.matches("[^=]+ = .+")) {
          problems.add(
              where(AlertUrls.FIGURE) + ".parameter",
              "'" + named + "' is no name and value",
              "Write it as the reports do, such as threshold = 0.2.");
        } else {
          parameters.add(named);
        }
      }
      return new AlertFigure(code, parameters, part(stated, "by"));
    }

    private @Nullable AlertGroup group() {
      Extension stated = once(AlertUrls.GROUP);
      if (stated == null) {
        return null;
      }
      String way =
          problems.required(
              where(AlertUrls.GROUP) + ".way", part(stated, "way"), "a way of grouping, as site");
      return new AlertGroup(way, part(stated, "group"));
    }

    private Optional<AlertTest> test(Optional<ReportWindow.Kind> window) {
      Extension stated = once(AlertUrls.TEST);
      if (stated == null) {
        problems.add(where(AlertUrls.TEST), "it is missing", "Say when a figure is a breach.");
        return Optional.empty();
      }
      return new AlertTestReader(stated, where(AlertUrls.TEST), window.orElse(null), problems)
          .test();
    }

    private <T> Optional<T> coded(String url, String choice, Function<String, Optional<T>> reader) {
      String code = text(once(url));
      Optional<T> found = code == null ? Optional.empty() : reader.apply(code);
      if (found.isEmpty()) {
        problems.add(
            where(url),
            code == null ? "it is missing" : "'" + code + "' is none",
            "Say " + choice + ".");
      }
      return found;
    }

    private int number(String url, String what, @Nullable Integer otherwise) {
      Extension stated = once(url);
      if (stated == null && otherwise != null) {
        return otherwise;
      }
      if (stated != null
          && stated.getValue() instanceof IntegerType number
          && number.hasValue()
          && number.getValue() >= 1) {
        return number.getValue();
      }
      problems.add(where(url), "it is no whole number from 1 on", "Say " + what + ".");
      return 1;
    }

    private @Nullable Duration escalation() {
      Extension stated = once(AlertUrls.ESCALATION);
      if (stated == null) {
        return null;
      }
      Duration length = stated.getValue() instanceof Quantity quantity ? length(quantity) : null;
      if (length == null) {
        problems.add(
            where(AlertUrls.ESCALATION),
            "it is no time above 0 in s, min, h or d",
            "Give a Duration such as 24 h, with its UCUM code.");
      }
      return length;
    }
  }

  private static @Nullable Duration length(Quantity quantity) {
    if (!quantity.hasValue() || quantity.getValue().signum() <= 0 || !quantity.hasCode()) {
      return null;
    }
    Integer seconds =
        switch (quantity.getCode()) {
          case "s" -> 1;
          case "min" -> 60;
          case "h" -> 3_600;
          case "d" -> 86_400;
          default -> null;
        };
    return seconds == null
        ? null
        : Duration.ofMillis(Math.round(quantity.getValue().doubleValue() * seconds * 1_000));
  }

  private static String where(String url) {
    return "PlanDefinition.extension('" + url + "')";
  }
}
