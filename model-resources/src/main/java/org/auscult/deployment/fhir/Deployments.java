package org.auscult.deployment.fhir;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.auscult.deployment.Deployment;
import org.auscult.deployment.FailureDisplay;
import org.auscult.deployment.Hook;
import org.auscult.deployment.ModelCard;
import org.auscult.deployment.ModelCard.Place;
import org.auscult.deployment.OrderCard;
import org.auscult.deployment.OutputText;
import org.auscult.deployment.OverrideReason;
import org.auscult.deployment.Recording;
import org.auscult.deployment.Thresholds;
import org.auscult.deployment.Topic;
import org.auscult.display.DisplayRules;
import org.auscult.feature.fhir.Parsed;
import org.auscult.feature.fhir.Problem;
import org.auscult.feature.fhir.Problems;
import org.auscult.feature.fhir.Profiles;
import org.auscult.model.PredictionModel;
import org.hl7.fhir.r4.model.BooleanType;
import org.hl7.fhir.r4.model.CanonicalType;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.DecimalType;
import org.hl7.fhir.r4.model.Extension;
import org.hl7.fhir.r4.model.InstantType;
import org.hl7.fhir.r4.model.PlanDefinition;
import org.hl7.fhir.r4.model.PlanDefinition.PlanDefinitionActionComponent;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.RelatedArtifact;
import org.hl7.fhir.r4.model.StringType;
import org.hl7.fhir.r4.model.TriggerDefinition;
import org.hl7.fhir.r4.model.TriggerDefinition.TriggerType;
import org.hl7.fhir.r4.model.Type;
import org.jspecify.annotations.Nullable;

/** Reads deployments from PlanDefinitions, and says everything that is wrong with one. */
public final class Deployments {
  /** What {@link DeploymentUrls#MODE} says of a deployment whose cards are shown. */
  public static final String LIVE = "live";

  /** What it says of one that was live and is not. */
  public static final String SUSPENDED = "suspended";

  private static final String ACTION = "PlanDefinition.action[0]";

  /** What the parts of one action say. */
  private record Parts(List<ModelCard> models, @Nullable OrderCard orders) {}

  private Deployments() {}

  /** Whether a PlanDefinition claims to be a deployment. */
  public static boolean isOne(PlanDefinition plan) {
    return Profiles.claims(plan, DeploymentUrls.DEPLOYMENT);
  }

  /** Whether it is live. */
  public static boolean isLive(PlanDefinition plan) {
    return LIVE.equals(mode(plan));
  }

  /** Its mode as an operation set it; null if it never was live. */
  public static @Nullable String mode(PlanDefinition plan) {
    return Problems.text(Problems.first(plan.getExtensionsByUrl(DeploymentUrls.MODE)));
  }

  /** Sets the mode, for operations only. */
  public static void setMode(PlanDefinition plan, String mode) {
    plan.getExtension().removeIf(e -> e.getUrl().equals(DeploymentUrls.MODE));
    plan.addExtension(DeploymentUrls.MODE, new CodeType(mode));
  }

  /** Whether a critical finding of monitoring about one of its models suspends it. */
  public static boolean isSuspendedByFindings(PlanDefinition plan) {
    return plan.getExtensionsByUrl(DeploymentUrls.SUSPENDS).stream()
        .anyMatch(e -> e.getValue() instanceof BooleanType stated && stated.booleanValue());
  }

  /**
   * Says why monitoring suspends it, for operations only.
   *
   * @param issue reference of what was found
   */
  public static void setSuspension(PlanDefinition plan, String reason, String issue, Instant time) {
    clearSuspension(plan);
    Extension suspension = plan.addExtension().setUrl(DeploymentUrls.SUSPENSION);
    suspension.addExtension("reason", new StringType(reason));
    suspension.addExtension("issue", new Reference(issue));
    InstantType at = new InstantType(Date.from(time));
    at.setTimeZoneZulu(true);
    suspension.addExtension("time", at);
  }

  /** Takes out why it was suspended, for operations only. */
  public static void clearSuspension(PlanDefinition plan) {
    plan.getExtension().removeIf(e -> e.getUrl().equals(DeploymentUrls.SUSPENSION));
  }

  /** The deployment, or all of its problems. */
  public static Parsed<Deployment> read(PlanDefinition plan) {
    return new Reading(plan).parsed();
  }

  /** Why a deployment cannot show a model's outputs. */
  public static List<Problem> misfits(Deployment deployment, PredictionModel model) {
    Problems problems = new Problems();
    deployment
        .card(model.canonical())
        .ifPresent(
            card -> {
              for (OutputText text : card.outputs()) {
                if (model.output(text.output()).isEmpty()) {
                  problems.add(
                      extension(DeploymentUrls.OUTPUT),
                      model.canonical() + " has no output " + text.output(),
                      "Name one of its outputs.");
                }
              }
            });
    return problems.all();
  }

  private static String extension(String url) {
    return "PlanDefinition.extension('" + url + "')";
  }

  /** One pass over one PlanDefinition; collects problems on the way. */
  private static final class Reading {
    private final PlanDefinition plan;
    private final Problems problems = new Problems();

    Reading(PlanDefinition plan) {
      this.plan = plan;
    }

    Parsed<Deployment> parsed() {
      String url = problems.url("PlanDefinition.url", plan.getUrl());
      String version =
          problems.required("PlanDefinition.version", plan.getVersion(), "a version like 1.0.0");
      String title =
          problems.required("PlanDefinition.title", plan.getTitle(), "a title for people");
      String description =
          problems.required(
              "PlanDefinition.description", plan.getDescription(), "what the service does");
      String service = service();
      FailureDisplay onFailure = onFailure();
      PlanDefinitionActionComponent action = plan.getActionFirstRep();
      if (plan.getAction().size() != 1) {
        problems.add(
            "PlanDefinition.action",
            "there are " + plan.getAction().size(),
            "Give one, triggered by the hooks, with an action for each model.");
      }
      List<Hook> hooks = hooks(action);
      Parts parts = parts(action);
      List<OverrideReason> reasons = reasons();
      DisplayReader display = new DisplayReader(plan, problems);
      DisplayRules rules = display.rules();
      Duration budget = display.budget(Deployment.USUAL_BUDGET);
      Recording recording = recording();
      String suspends = once(DeploymentUrls.SUSPENDS);
      if (suspends != null && !suspends.matches("true|false")) {
        problems.add(
            extension(DeploymentUrls.SUSPENDS),
            "'" + suspends + "' is neither true nor false",
            "Give it as valueBoolean.");
      }
      Topic topic = topic();
      if (!problems.isEmpty() || onFailure == null) {
        return new Parsed.Refused<>(problems.all());
      }
      String usage = plan.getUsage();
      return new Parsed.Accepted<>(
          new Deployment(
              url,
              version,
              service,
              hooks,
              title,
              description,
              usage == null || usage.isBlank() ? null : usage,
              onFailure,
              parts.models(),
              parts.orders(),
              reasons,
              rules,
              budget,
              recording,
              topic));
    }

    private String service() {
      String where = extension(DeploymentUrls.SERVICE);
      String service = problems.required(where, once(DeploymentUrls.SERVICE), "the service's id");
      if (!service.isEmpty() && !Deployment.isServiceId(service)) {
        problems.add(
            where,
            "'" + service + "' cannot stand in a path",
            "Use 1 to 64 letters, digits, '.', '_' and '-'.");
      }
      return service;
    }

    private @Nullable FailureDisplay onFailure() {
      String code = once(DeploymentUrls.ON_FAILURE);
      Optional<FailureDisplay> display = code == null ? Optional.empty() : FailureDisplay.of(code);
      if (display.isEmpty()) {
        problems.add(
            extension(DeploymentUrls.ON_FAILURE),
            code == null ? "it is missing" : "'" + code + "' is none",
            "Say not-assessed or silent.");
      }
      return display.orElse(null);
    }

    private @Nullable Topic topic() {
      if (!plan.hasTopic()) {
        return null;
      }
      Coding coding = plan.getTopicFirstRep().getCodingFirstRep();
      if (plan.getTopic().size() == 1
          && coding.hasSystem()
          && coding.hasCode()
          && coding.hasDisplay()) {
        return new Topic(coding.getSystem(), coding.getCode(), coding.getDisplay());
      }
      problems.add(
          "PlanDefinition.topic",
          "it is not one coding with system, code and display",
          "Give one, or leave it out.");
      return null;
    }

    private Recording recording() {
      String code = once(DeploymentUrls.RECORDING);
      if (code == null) {
        return Recording.NEVER;
      }
      return Recording.of(code)
          .orElseGet(
              () -> {
                problems.add(
                    extension(DeploymentUrls.RECORDING),
                    "'" + code + "' is none",
                    "Say never or when-shown.");
                return Recording.NEVER;
              });
    }

    private @Nullable String once(String url) {
      List<Extension> found = plan.getExtensionsByUrl(url);
      if (found.size() > 1) {
        problems.add(extension(url), "it is there more than once", "Keep one.");
      }
      return Problems.text(Problems.first(found));
    }

    private List<Hook> hooks(PlanDefinitionActionComponent action) {
      Set<Hook> hooks = new LinkedHashSet<>();
      for (int i = 0; i < action.getTrigger().size(); i++) {
        TriggerDefinition trigger = action.getTrigger().get(i);
        String where = ACTION + ".trigger[" + i + "]";
        Optional<Hook> hook =
            trigger.getType() == TriggerType.NAMEDEVENT && trigger.hasName()
                ? Hook.of(trigger.getName())
                : Optional.empty();
        if (hook.isEmpty()) {
          problems.add(
              where,
              "'" + trigger.getName() + "' is no hook that can be served",
              "Give a named-event with one of "
                  + String.join(", ", List.of(Hook.values()).stream().map(Hook::id).toList())
                  + ".");
        } else if (!hooks.add(hook.get())) {
          problems.add(where, hook.get().id() + " stands there twice", "Remove one.");
        }
      }
      if (action.getTrigger().isEmpty()) {
        problems.add(ACTION + ".trigger", "there is none", "Name each hook as a named-event.");
      }
      return List.copyOf(hooks);
    }

    private Parts parts(PlanDefinitionActionComponent action) {
      List<ModelCard> models = new ArrayList<>();
      OrderCard orders = null;
      Set<String> seen = new HashSet<>();
      for (int i = 0; i < action.getAction().size(); i++) {
        String where = ACTION + ".action[" + i + "]";
        PlanDefinitionActionComponent card = action.getAction().get(i);
        boolean judgesOrders = card.hasExtension(DeploymentUrls.ORDER_RULES);
        String canonical =
            canonical(
                where, card, judgesOrders ? DeploymentUrls.ORDER_RULES : DeploymentUrls.MODEL);
        if (!canonical.isEmpty() && !seen.add(canonical)) {
          problems.add(where, canonical + " stands there twice", "Remove one.");
        }
        String label =
            problems.required(where + ".title", card.getTitle(), "the name and year, or version");
        String meaning =
            problems.required(
                where + ".description", card.getDescription(), "what the result means");
        String source = source(where, card);
        if (judgesOrders) {
          if (orders != null || card.hasExtension(DeploymentUrls.MODEL)) {
            problems.add(where, "it is not the only order rules", "Keep one, without a model.");
          }
          orders = new OrderCard(canonical, label, meaning, source);
        } else {
          List<OutputText> outputs = outputs(where, card);
          Place place = place(where, card);
          String fallback = fallback(where, card);
          // After a problem nothing is used any more; parts may be empty or doubled.
          if (problems.isEmpty()) {
            models.add(new ModelCard(canonical, label, meaning, source, outputs, place, fallback));
          }
        }
      }
      if (action.getAction().isEmpty()) {
        problems.add(ACTION + ".action", "there is none", "Give one for each model.");
      }
      return new Parts(models, orders);
    }

    private String canonical(String where, PlanDefinitionActionComponent card, String url) {
      Extension named = Problems.first(card.getExtensionsByUrl(url));
      if (named != null
          && named.getValue() instanceof CanonicalType canonical
          && canonical.hasValue()
          && Problems.isPinned(canonical.getValue())) {
        return canonical.getValue();
      }
      problems.add(
          where + ".extension('" + url + "')",
          "it names no version",
          "Give the model, or the order rules, as a canonical, url|version.");
      return "";
    }

    private Place place(String where, PlanDefinitionActionComponent card) {
      Extension stated = Problems.first(card.getExtensionsByUrl(DeploymentUrls.PLACE));
      if (stated == null) {
        return Place.CARD;
      }
      return Place.of(String.valueOf(Problems.text(stated)))
          .orElseGet(
              () -> {
                problems.add(
                    where + ".extension('" + DeploymentUrls.PLACE + "')",
                    "it is no place",
                    "Say card or context.");
                return Place.CARD;
              });
    }

    private @Nullable String fallback(String where, PlanDefinitionActionComponent card) {
      return card.hasExtension(DeploymentUrls.FALLBACK)
          ? canonical(where, card, DeploymentUrls.FALLBACK)
          : null;
    }

    private String source(String where, PlanDefinitionActionComponent card) {
      String source =
          card.getDocumentation().stream()
              .map(RelatedArtifact::getUrl)
              .filter(u -> u != null && u.matches("https?://\\S+"))
              .findFirst()
              .orElse(null);
      return problems.required(
          where + ".documentation.url", source, "the absolute address of the publication");
    }

    private List<OutputText> outputs(String where, PlanDefinitionActionComponent card) {
      List<Extension> found = card.getExtensionsByUrl(DeploymentUrls.OUTPUT);
      List<OutputText> outputs = new ArrayList<>();
      Set<String> seen = new HashSet<>();
      for (int i = 0; i < found.size(); i++) {
        String at = where + ".extension('" + DeploymentUrls.OUTPUT + "')[" + i + "]";
        Extension output = found.get(i);
        String name =
            problems.required(at + ".output", Problems.part(output, "output"), "its name");
        String title =
            problems.required(at + ".title", Problems.part(output, "title"), "a title for people");
        if (!name.isEmpty() && !seen.add(name)) {
          problems.add(at, name + " stands there twice", "Remove one.");
        }
        outputs.add(
            new OutputText(name, title, thresholds(at, output), decimal(at, output, "show")));
      }
      if (found.isEmpty()) {
        problems.add(
            where + ".extension('" + DeploymentUrls.OUTPUT + "')",
            "there is none",
            "Name what the card shows; the first is its headline.");
      }
      return outputs;
    }

    private @Nullable Thresholds thresholds(String at, Extension output) {
      Double warning = decimal(at, output, "warning");
      Double critical = decimal(at, output, "critical");
      if (warning == null && critical == null) {
        return null;
      }
      if (warning == null || critical == null || warning > critical) {
        problems.add(
            at,
            "its thresholds are not both there, or the warning lies above",
            "Give warning and critical, in the unit shown.");
        return null;
      }
      return new Thresholds(warning, critical);
    }

    private @Nullable Double decimal(String at, Extension output, String part) {
      Type value = Problems.value(output, part);
      if (value instanceof DecimalType decimal && decimal.hasValue()) {
        return decimal.getValue().doubleValue();
      }
      if (value != null) {
        problems.add(at + "." + part, "it is no decimal", "Give it as valueDecimal.");
      }
      return null;
    }

    private List<OverrideReason> reasons() {
      List<OverrideReason> reasons = new ArrayList<>();
      for (Extension extension : plan.getExtensionsByUrl(DeploymentUrls.OVERRIDE_REASON)) {
        if (extension.getValue() instanceof Coding coding
            && coding.hasSystem()
            && coding.hasCode()
            && coding.hasDisplay()) {
          reasons.add(
              new OverrideReason(coding.getSystem(), coding.getCode(), coding.getDisplay()));
        } else {
          problems.add(
              extension(DeploymentUrls.OVERRIDE_REASON),
              "it has no system, code or display",
              "Give all three: the display is what people choose by.");
        }
      }
      return reasons;
    }
  }
}
