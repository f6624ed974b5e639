package org.auscult.cds.hook;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.auscult.deployment.Deployment;
import org.auscult.deployment.Hook;
import org.auscult.display.Candidate;
import org.auscult.display.Decision;
import org.auscult.display.DisplayPolicy;
import org.auscult.display.DisplayRules;
import org.auscult.display.FiringRate;
import org.auscult.display.Past;
import org.auscult.display.Shown;
import org.auscult.order.DraftOrder;
import org.auscult.prediction.Call;
import org.auscult.prediction.Caller;
import org.auscult.prediction.CardId;
import org.auscult.prediction.DeploymentRun;
import org.auscult.prediction.FactBasis;
import org.auscult.prediction.JournalEntry;
import org.auscult.prediction.Subject;
import org.auscult.serving.DeploymentRunner;
import org.auscult.timeline.AsOf;
import org.auscult.timeline.PatientSnapshot;
import org.auscult.timeline.PatientTimeline;
import org.auscult.timeline.TimelineQuery.Need;

/**
 * How often a deployment would have spoken in the past, and to whom (safety rule 24). Openings are
 * played in the order of their times, each with what was known then. What was shown before counts
 * as in real life, but nobody overrides, nobody's role is known, and nothing is stored.
 *
 * <p>Used once, by one thread.
 */
public final class FiringForecast {
  private static final UUID NO_ENTRY = CardId.journal(new UUID(0, 0));

  private final DeploymentRunner runner;
  private final CardWriter writer;
  private final Deployment deployment;
  private final Hook hook;
  private final List<Need> needs;
  private final Map<String, Deque<Shown>> memory = new HashMap<>();
  private final Deque<Spoken> recent = new ArrayDeque<>();
  private final Map<String, Firing> byUser = new TreeMap<>();
  private Firing all = Firing.NONE;
  private Instant last = Instant.MIN;

  /** Whether one opening had a card. */
  private record Spoken(Instant at, boolean isSpoken) {}

  /**
   * @param hook on which it is called, one of the deployment's
   * @param needs what the deployment reads of a timeline
   */
  FiringForecast(
      DeploymentRunner runner,
      CardWriter writer,
      Deployment deployment,
      Hook hook,
      List<Need> needs) {
    this.runner = runner;
    this.writer = writer;
    this.deployment = deployment;
    this.hook = hook;
    this.needs = List.copyOf(needs);
  }

  /** What must be read of each patient's timeline. */
  public List<Need> needs() {
    return needs;
  }

  /**
   * One opening of the past.
   *
   * @param user reference; one that stands for all who are not known
   * @param orders that were about to be placed
   */
  public record Opening(
      Instant at, String user, PatientTimeline timeline, List<DraftOrder> orders) {
    public Opening {
      orders = List.copyOf(orders);
    }
  }

  /**
   * Plays an opening.
   *
   * @throws IllegalArgumentException if it was before the one played last
   */
  public void play(Opening opening) {
    if (opening.at().isBefore(last)) {
      throw new IllegalArgumentException("Openings are played in the order of their times");
    }
    last = opening.at();
    AsOf asOf = AsOf.instant(opening.at());
    PatientTimeline timeline = opening.timeline();
    DeploymentRun run =
        runner
            .run(
                List.of(deployment), new DeploymentRunner.Patient(timeline, asOf, opening.orders()))
            .get(0);
    JournalEntry entry = entry(opening, run);
    PatientSnapshot snapshot = timeline.asOf(asOf);
    List<Candidate> candidates =
        HookEndpoint.isDeceasedOrInactive(snapshot)
            ? List.of()
            : writer.cards(entry, run, deployment).stream().map(WrittenCard::candidate).toList();
    Deque<Shown> shown =
        memory.computeIfAbsent(opening.user() + " " + timeline.patient(), k -> new ArrayDeque<>());
    List<Decision> decisions =
        DisplayPolicy.decide(
            candidates,
            deployment.display(),
            new Past(List.copyOf(shown), rate(opening.at())),
            Set.of(),
            EncounterSettings.of(snapshot),
            opening.at());
    remember(opening, decisions, shown);
  }

  private JournalEntry entry(Opening opening, DeploymentRun run) {
    return new JournalEntry(
        NO_ENTRY,
        opening.at(),
        new Call(deployment.service(), hook.id(), "", Caller.NONE),
        new Subject("", opening.timeline().patient()),
        opening.at(),
        opening.timeline().epoch(),
        0,
        List.of(run),
        FactBasis.RECORD);
  }

  private FiringRate rate(Instant now) {
    Instant since = now.minus(DisplayRules.CEILING_WINDOW);
    while (!recent.isEmpty() && recent.peekFirst().at().isBefore(since)) {
      recent.removeFirst();
    }
    return new FiringRate(recent.size(), recent.stream().filter(Spoken::isSpoken).count());
  }

  private void remember(Opening opening, List<Decision> decisions, Deque<Shown> shown) {
    decisions.stream()
        .filter(Decision::shows)
        .forEach(d -> shown.addFirst(new Shown(opening.at(), d.says(), d.urgency(), null)));
    recent.addLast(new Spoken(opening.at(), decisions.stream().anyMatch(Decision::shows)));
    all = all.with(decisions);
    byUser.merge(
        opening.user(), Firing.NONE.with(decisions), (before, one) -> before.with(decisions));
  }

  /** Of all users. */
  public Firing all() {
    return all;
  }

  /** By user's reference. */
  public Map<String, Firing> byUser() {
    return Map.copyOf(byUser);
  }
}
