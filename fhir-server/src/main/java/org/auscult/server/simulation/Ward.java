package org.auscult.server.simulation;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.PriorityQueue;
import org.auscult.deployment.Deployment;
import org.auscult.deployment.Hook;
import org.auscult.deployment.OutputText;
import org.auscult.feature.FeatureEvaluator;
import org.auscult.model.RegisteredModel;
import org.auscult.monitoring.performance.Standing;
import org.auscult.monitoring.use.Reply;
import org.auscult.outcome.OutcomeLabeller;
import org.auscult.outcome.ResolvedOutcome;
import org.auscult.prediction.Call;
import org.auscult.prediction.Caller;
import org.auscult.prediction.DeploymentRun;
import org.auscult.prediction.FactBasis;
import org.auscult.prediction.JournalEntry;
import org.auscult.prediction.ModelRun;
import org.auscult.prediction.ModelRun.Result;
import org.auscult.prediction.PredictionService;
import org.auscult.prediction.Subject;
import org.auscult.server.performance.Descriptions;
import org.auscult.timeline.AsOf;
import org.auscult.timeline.Fact;
import org.auscult.timeline.PatientTimeline;
import org.auscult.timeline.TimelineQuery;
import org.auscult.timeline.TimelineQuery.Need;
import org.auscult.training.Person;
import org.auscult.training.Stay;
import org.auscult.unit.CodeUnits;
import org.jspecify.annotations.Nullable;

/**
 * What happens on the ward: charts are opened, the model is asked, cards are shown and answered,
 * stays end, and outcomes become known. Not for several threads.
 */
final class Ward {
  private static final double PERCENT = 100;

  private final Hospital hospital = new Hospital();
  private final RegisteredModel model;
  private final Deployment deployment;
  private final double limit;
  private final PredictionService service;
  private final ResolvedOutcome outcome;
  private final OutcomeLabeller labeller;
  private final TrueRelation truth;
  private final Clinicians clinicians;
  private final Ledger ledger;
  private final PriorityQueue<HospitalStay> inHospital =
      new PriorityQueue<>(
          Comparator.comparing(HospitalStay::discharged).thenComparing(HospitalStay::patient));

  Ward(YearPlan plan, Pack pack, RegisteredModel model) {
    this.model = model;
    this.deployment = pack.deployment();
    OutputText headline = deployment.models().get(0).headline();
    Double from = headline.showFrom(Hook.PATIENT_VIEW);
    if (from == null) {
      throw new IllegalStateException("The deployment of the year warns from nowhere");
    }
    this.limit = from / PERCENT;
    FeatureEvaluator evaluator = new FeatureEvaluator(CodeUnits.standard(), YearPlan.ZONE);
    this.service =
        new PredictionService(
            canonical -> Optional.of(model).filter(m -> m.model().canonical().equals(canonical)),
            evaluator);
    this.outcome =
        pack.outcome(Objects.requireNonNull(model.model().outputs().get(0).outcome(), "outcome"));
    this.labeller = new OutcomeLabeller(evaluator);
    this.truth = new TrueRelation(model, plan);
    this.clinicians = new Clinicians(deployment, limit);
    this.ledger = new Ledger(deployment.canonical(), outcome.canonical());
  }

  Hospital hospital() {
    return hospital;
  }

  Ledger ledger() {
    return ledger;
  }

  /** Takes what was served. */
  @FunctionalInterface
  interface Journal {
    void write(JournalEntry entry, ModelRun run);
  }

  /**
   * A chart is opened.
   *
   * @param isUnreadable whether the laboratory that changed its unit still sends it
   * @param journal null while the deployment is suspended: then nobody sees what the model says,
   *     and it is kept apart to be compared
   */
  void open(HospitalStay stay, boolean isUnreadable, @Nullable Journal journal) {
    hospital.admit(stay, isUnreadable);
    inHospital.add(stay);
    String canonical = model.model().canonical();
    AsOf asOf = AsOf.instant(stay.predicted());
    PatientTimeline timeline = read(stay, asOf, service.needs(canonical));
    List<ModelRun> runs = service.predict(canonical, timeline, asOf, 0);
    ModelRun run = runs.get(runs.size() - 1);
    if (journal != null) {
      journal.write(entry(stay, timeline.epoch(), runs), run);
    }
    Double score =
        run.result() instanceof Result.Predicted predicted
            ? (Double) predicted.scores().get(0).value()
            : null;
    boolean isWarning = score != null && score >= limit;
    boolean isServed = journal != null;
    Reply reply = isWarning && isServed ? clinicians.reply(stay, truth.logit(stay)) : Reply.NONE;
    ledger.add(
        new Served(
            stay, score, isWarning, isServed, reply, clinicians.reason(reply), groups(stay)));
  }

  private PatientTimeline read(HospitalStay stay, AsOf asOf, List<Need> needs) {
    return hospital.read(new TimelineQuery(stay.patient(), asOf, needs));
  }

  private JournalEntry entry(HospitalStay stay, long epoch, List<ModelRun> runs) {
    return new JournalEntry(
        stay.journal(),
        stay.predicted(),
        new Call(deployment.service(), "patient-view", stay.journal().toString(), Caller.NONE),
        new Subject("", stay.patient()),
        stay.predicted(),
        epoch,
        0,
        List.of(DeploymentRun.undecided(deployment.canonical(), runs, null)),
        FactBasis.RECORD);
  }

  private Map<String, String> groups(HospitalStay stay) {
    List<Fact> facts = hospital.facts(stay.patient());
    return Descriptions.groups(
        Person.of(facts, Stay.of(facts), YearPlan.ZONE), stay.predicted(), YearPlan.ZONE);
  }

  /** Stays end that do before a time, and what became of the patients is labelled. */
  void dischargeBefore(Instant time) {
    while (!inHospital.isEmpty() && inHospital.peek().discharged().isBefore(time)) {
      HospitalStay stay = inHospital.poll();
      boolean isDead = stay.fate() < TrueRelation.probability(truth.logit(stay));
      hospital.discharge(stay, isDead);
      PatientTimeline whole = hospital.read(outcome.query(stay.patient(), stay.discharged()));
      Instant at = stay.predicted();
      Instant known = stay.discharged();
      ledger.label(
          stay.patient(),
          Standing.of(labeller.label(outcome, whole, at, known).code()),
          Objects.requireNonNull(labeller.closes(outcome, whole, at, known), "end of a stay"));
    }
  }
}
