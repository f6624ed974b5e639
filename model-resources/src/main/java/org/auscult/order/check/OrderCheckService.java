package org.auscult.order.check;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.auscult.feature.FeatureEvaluator;
import org.auscult.feature.FeatureVector;
import org.auscult.feature.ResolvedFeatureSet;
import org.auscult.model.RegisteredModel;
import org.auscult.order.DraftOrder;
import org.auscult.order.DrugRule;
import org.auscult.order.OrderCheck;
import org.auscult.order.OrderFinding;
import org.auscult.order.OrderFinding.Ingredient;
import org.auscult.order.OrderFinding.Outcome;
import org.auscult.order.OrderRulesCatalog;
import org.auscult.order.RegisteredOrderRules;
import org.auscult.prediction.ModelRun;
import org.auscult.prediction.PredictionService;
import org.auscult.timeline.AsOf;
import org.auscult.timeline.PatientSnapshot;
import org.auscult.timeline.PatientTimeline;
import org.auscult.timeline.TimelineQuery.Need;

/**
 * Holds a patient's draft orders against a table of rules. It stores nothing and shows nothing; the
 * orders never enter the timeline (safety rule 13).
 *
 * <p>Order of judgement, for each ingredient that a rule speaks of: dialysis, to which no rule by
 * clearance or eGFR applies; kidneys in no steady state, of which no number is trusted; what the
 * rule's number needs; its bands. Where there is a number, what is unknown beside it keeps no
 * warning back and lets no order pass as clear; an eGFR that the model has to compute follows the
 * model, which is silent where acute injury is not known (rule 10).
 */
public final class OrderCheckService {
  /** Orders that are of no drug: rules of drugs have nothing to say of them. */
  private static final Set<String> NO_DRUGS =
      Set.of(
          "Appointment",
          "CommunicationRequest",
          "DeviceRequest",
          "NutritionOrder",
          "ServiceRequest",
          "SupplyRequest",
          "Task",
          "VisionPrescription");

  private final OrderRulesCatalog catalog;
  private final PredictionService predictions;
  private final FeatureEvaluator evaluator;

  public OrderCheckService(
      OrderRulesCatalog catalog, PredictionService predictions, FeatureEvaluator evaluator) {
    this.catalog = catalog;
    this.predictions = predictions;
    this.evaluator = evaluator;
  }

  /**
   * What came of a check.
   *
   * @param runs the model runs that were needed, in the order of their indices; mostly none
   */
  public record Checked(List<ModelRun> runs, OrderCheck check) {
    public Checked {
      runs = List.copyOf(runs);
      Objects.requireNonNull(check);
    }
  }

  /**
   * What to read of a timeline for a table of rules, and for the model that may compute the eGFR.
   *
   * @throws UnknownRulesException if the table is not registered
   * @throws PredictionService.UnknownModelException if its model is not
   */
  public List<Need> needs(String rules) {
    Set<Need> needs = new LinkedHashSet<>();
    featureSets(rules).forEach(set -> needs.addAll(set.needs()));
    return List.copyOf(needs);
  }

  /**
   * The feature sets that a check reads: the table's own first, then those of its model.
   *
   * @throws UnknownRulesException if the table is not registered
   * @throws PredictionService.UnknownModelException if its model is not
   */
  public List<ResolvedFeatureSet> featureSets(String rules) {
    RegisteredOrderRules registered = find(rules);
    List<ResolvedFeatureSet> sets = new ArrayList<>();
    sets.add(registered.features());
    for (RegisteredModel model : predictions.withFallbacks(registered.rules().egfrModel())) {
      sets.add(model.features());
    }
    return sets;
  }

  /**
   * Checks orders.
   *
   * @param first index of the first model run
   * @throws UnknownRulesException if the table is not registered
   * @throws PredictionService.UnknownModelException if its model is needed and not registered
   */
  public Checked check(
      String rules, List<DraftOrder> orders, PatientTimeline timeline, AsOf asOf, int first) {
    RegisteredOrderRules registered = find(rules);
    PatientSnapshot snapshot = timeline.asOf(asOf);
    FeatureVector vector = evaluator.evaluate(registered.features(), snapshot);
    RenalPicture picture =
        new RenalPicture(
            registered,
            vector,
            snapshot,
            evaluator,
            model -> predictions.predict(model, timeline, asOf, first));
    List<OrderFinding> findings = new ArrayList<>();
    for (DraftOrder order : orders) {
      findings.addAll(findings(order, registered, picture));
    }
    return new Checked(
        picture.runs(),
        new OrderCheck(
            registered.rules().canonical(),
            vector,
            picture.stability(),
            picture.estimates(),
            findings,
            picture.repeat(findings)));
  }

  private static List<OrderFinding> findings(
      DraftOrder order, RegisteredOrderRules registered, RenalPicture picture) {
    if (NO_DRUGS.contains(order.resourceType())) {
      return List.of(withoutIngredient(order, new Outcome.NoRule()));
    }
    List<OrderFinding> findings = new ArrayList<>();
    for (DrugRule rule : registered.of(order)) {
      RenalPicture.Judged judged = picture.judge(rule);
      findings.add(
          new OrderFinding(
              order.reference(),
              order.text(),
              new Ingredient(rule.ingredient(), rule.title()),
              judged.outcome(),
              judged.remarks()));
    }
    if (findings.isEmpty()) {
      findings.add(withoutIngredient(order, unknown(order, registered)));
    }
    return findings;
  }

  private static Outcome unknown(DraftOrder order, RegisteredOrderRules registered) {
    if (registered.knowsWithoutRule(order)) {
      return new Outcome.NoRule();
    }
    return new Outcome.NotChecked(
        order.codes().isEmpty()
            ? "the order names no coded drug"
            : "none of the order's codes is of a drug that "
                + registered.rules().title()
                + " knows");
  }

  private static OrderFinding withoutIngredient(DraftOrder order, Outcome outcome) {
    return new OrderFinding(order.reference(), order.text(), null, outcome, List.of());
  }

  private RegisteredOrderRules find(String rules) {
    return catalog.find(rules).orElseThrow(() -> new UnknownRulesException(rules));
  }

  /** A table of rules is not registered, or cannot be expanded. */
  public static final class UnknownRulesException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UnknownRulesException(String rules) {
      super("Order rules " + rules + " are not registered; register them, or correct the service");
    }
  }
}
