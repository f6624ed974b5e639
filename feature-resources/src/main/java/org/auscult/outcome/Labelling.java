package org.auscult.outcome;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.auscult.feature.FeatureEvaluator;
import org.auscult.feature.FeatureValue;
import org.auscult.feature.FeatureValue.Present;
import org.auscult.feature.Lookback;
import org.auscult.feature.ResolvedFeature;
import org.auscult.outcome.EventSearch.Doubt;
import org.auscult.outcome.EventSearch.Found;
import org.auscult.outcome.OutcomeLabel.Censored;
import org.auscult.outcome.OutcomeLabel.Competing;
import org.auscult.outcome.OutcomeLabel.Event;
import org.auscult.outcome.OutcomeLabel.Evidence;
import org.auscult.outcome.OutcomeLabel.Excluded;
import org.auscult.outcome.OutcomeLabel.NoEvent;
import org.auscult.timeline.AsOf;
import org.auscult.timeline.Fact;
import org.auscult.timeline.PatientSnapshot;
import org.auscult.timeline.PatientTimeline;
import org.auscult.timeline.ResourceKind;
import org.jspecify.annotations.Nullable;

/** The making of one label. */
final class Labelling {
  /** What is done for the dead, such as an autopsy, begins within a day. */
  private static final Duration AFTERMATH = Duration.ofDays(1);

  private final FeatureEvaluator evaluator;
  private final FeedHealth feeds;
  private final ResolvedOutcome outcome;
  private final PatientTimeline timeline;
  private final Instant indexTime;
  private final Instant knownAt;
  private final PatientSnapshot snapshot;
  private final EventSearch search;
  private final @Nullable Death death;
  private final Contacts contacts;

  Labelling(
      FeatureEvaluator evaluator,
      FeedHealth feeds,
      ResolvedOutcome outcome,
      PatientTimeline timeline,
      Instant indexTime,
      Instant knownAt) {
    this.evaluator = evaluator;
    this.feeds = feeds;
    this.outcome = outcome;
    this.timeline = timeline;
    this.indexTime = indexTime;
    this.knownAt = knownAt;
    this.snapshot = timeline.asOf(ResolvedOutcome.facts(knownAt));
    this.search = new EventSearch(evaluator, outcome, timeline, snapshot, knownAt);
    this.death = Death.find(evaluator, snapshot, knownAt).orElse(null);
    this.contacts = Contacts.of(evaluator, outcome, snapshot, death, knownAt);
  }

  /**
   * The horizon at this index time.
   *
   * @param end null while nobody knows when it ends
   * @param stay the encounter on which it hangs; null if none
   */
  private record Frame(Instant start, @Nullable Instant end, @Nullable Stay stay) {}

  OutcomeLabel label() {
    Death died = death;
    if (died != null && contradiction(died).isEmpty() && isDeadAtIndex(died)) {
      return new Excluded(ExclusionReason.DIED_BEFORE, "dead by the index time", died.evidence());
    }
    Horizon horizon = outcome.definition().horizon();
    Stay stay = null;
    if (horizon.anchor() != Horizon.Anchor.INDEX) {
      stay = Stay.at(evaluator, snapshot, outcome.stays(), indexTime).orElse(null);
      if (stay == null) {
        return new Excluded(
            ExclusionReason.NO_INDEX_ENCOUNTER,
            "no encounter of these classes is open at the index time, or ends with it",
            Evidence.NONE);
      }
    }
    Excluded excluded = eligibility();
    if (excluded == null) {
      excluded = prevalence();
    }
    return excluded != null ? excluded : within(horizon, stay);
  }

  /**
   * When the horizon ends; the index time where there is none, and where the stay is over without
   * saying since when: then nothing is waited for. A death ends the stay. Null while nobody knows.
   */
  @Nullable Instant horizonEnd() {
    Horizon horizon = outcome.definition().horizon();
    if (horizon.anchor() == Horizon.Anchor.INDEX) {
      return Objects.requireNonNull(horizon.length()).endAfter(indexTime);
    }
    Stay stay = Stay.at(evaluator, snapshot, outcome.stays(), indexTime).orElse(null);
    if (stay == null || (stay.end() == null && stay.isOver())) {
      return indexTime;
    }
    Instant ended = stay.end();
    if (ended == null && death != null) {
      ended = death.latest();
    }
    boolean isStay = horizon.anchor() == Horizon.Anchor.STAY;
    return ended == null || isStay
        ? ended
        : Objects.requireNonNull(horizon.length()).endAfter(ended);
  }

  private boolean isDeadAtIndex(Death died) {
    Instant known = died.evidence().known();
    return died.isDated()
        ? died.isBy(indexTime)
        : known != null
            && !known.isAfter(indexTime)
            && contacts.encounterAfter(indexTime).isEmpty();
  }

  /** An encounter that began when the patient had been dead for longer than a day. */
  private Optional<Fact> contradiction(Death died) {
    Instant latest = died.latest();
    return latest == null ? Optional.empty() : contacts.encounterAfter(latest.plus(AFTERMATH));
  }

  private @Nullable Excluded eligibility() {
    for (ResolvedFeature feature : outcome.parts().exclusions()) {
      if (isTrue(feature) instanceof Present present) {
        return new Excluded(
            ExclusionReason.EXCLUSION, feature.definition().title(), evidence(present));
      }
    }
    for (ResolvedFeature feature : outcome.parts().requirements()) {
      if (isTrue(feature) == null) {
        return new Excluded(
            ExclusionReason.REQUIREMENT,
            feature.definition().title() + ": not so, or not known",
            Evidence.NONE);
      }
    }
    return null;
  }

  /** The value at the index time, by what is known now; null unless it is a yes. */
  private @Nullable FeatureValue isTrue(ResolvedFeature feature) {
    AsOf asOf = new AsOf(indexTime, snapshot.asOf().known());
    return evaluator
        .evaluate(outcome.alone(feature), timeline.asOf(asOf))
        .value(feature.definition().name())
        .filter(value -> value instanceof Present present && present.value() != 0)
        .orElse(null);
  }

  private static Evidence evidence(Present present) {
    return new Evidence(present.evidence(), present.known());
  }

  private @Nullable Excluded prevalence() {
    Washout washout = outcome.definition().washout();
    if (washout == null) {
      return null;
    }
    Lookback length = washout.length();
    Instant start = length == null ? null : length.startBefore(indexTime);
    Hit before = search.before(new Stretch(start, false, indexTime, true));
    return before == null
        ? null
        : new Excluded(
            ExclusionReason.PREVALENT,
            "it happened before, at " + before.time(),
            before.evidence());
  }

  private OutcomeLabel within(Horizon horizon, @Nullable Stay stay) {
    if (stay == null) {
      Instant end = Objects.requireNonNull(horizon.length()).endAfter(indexTime);
      return inFrame(new Frame(indexTime, end, null));
    }
    Instant ended = stay.end();
    if (ended == null && stay.isOver()) {
      return censored(
          indexTime,
          CensoringReason.AMBIGUOUS_DATE,
          "the encounter is over, without saying since when",
          Hit.evidence(List.of(stay.encounter())));
    }
    if (horizon.anchor() == Horizon.Anchor.STAY) {
      return inFrame(new Frame(indexTime, ended, stay));
    }
    if (ended == null || ended.isAfter(knownAt)) {
      return inFrame(new Frame(knownAt, null, stay));
    }
    Instant end = Objects.requireNonNull(horizon.length()).endAfter(ended);
    return inFrame(new Frame(ended, end, stay));
  }

  private OutcomeLabel inFrame(Frame frame) {
    boolean isOver = frame.end() != null && !frame.end().isAfter(knownAt);
    return outcome.definition().event() instanceof EventRule.Death
        ? ofDeath(frame, isOver)
        : ofFacts(frame, isOver);
  }

  /** Where an event counts, as far as it can be known. */
  private Stretch stretch(Frame frame, boolean isOver) {
    Horizon horizon = outcome.definition().horizon();
    Lookback blanking = horizon.blanking();
    Instant start = blanking == null ? frame.start() : blanking.endAfter(frame.start());
    Instant end = frame.end();
    return isOver && end != null
        ? new Stretch(start, horizon.startInclusive(), end, horizon.endInclusive())
        : new Stretch(start, horizon.startInclusive(), knownAt, true);
  }

  private OutcomeLabel ofFacts(Frame frame, boolean isOver) {
    Stretch stretch = stretch(frame, isOver);
    Found found = search.in(stretch);
    Hit hit = found.hit();
    Competing first = competing(frame, stretch);
    if (hit != null && (first == null || !hit.time().isAfter(first.time()))) {
      return new Event(hit.time(), hit.evidence());
    }
    if (first != null) {
      return first;
    }
    Censored unclear = unclearDeath(stretch);
    if (unclear != null) {
      return unclear;
    }
    if (!isOver) {
      return open();
    }
    Doubt doubt = found.doubt();
    if (doubt != null) {
      return censored(doubt.hit().time(), doubt.reason(), doubt.detail(), doubt.hit().evidence());
    }
    if (!found.isComplete()) {
      return incomplete();
    }
    if (outcome.definition().event() instanceof EventRule.Crossing crossing
        && crossing.isMeasured()
        && !found.isMeasured()) {
      return censored(
          frame.start(), CensoringReason.NOT_MEASURED, "never measured in time", Evidence.NONE);
    }
    return followed(frame);
  }

  /** A death, or a competing feature's first fact, whichever comes first. */
  private @Nullable Competing competing(Frame frame, Stretch stretch) {
    Competing first = null;
    Stretch since = new Stretch(indexTime, false, stretch.end(), stretch.endInclusive());
    for (ResolvedFeature feature : outcome.parts().competing()) {
      Hit hit = search.first(feature, since);
      if (hit != null && (first == null || hit.time().isBefore(first.time()))) {
        first = new Competing(hit.time(), feature.definition().name(), hit.evidence());
      }
    }
    Death died = death;
    Instant latest = died == null ? null : died.latest();
    if (died == null || latest == null || contradiction(died).isPresent()) {
      return first;
    }
    boolean isInTime = stretch.isBeforeEnd(latest);
    return isInTime && (first == null || !latest.isAfter(first.time()))
        ? new Competing(latest, "death", died.evidence())
        : first;
  }

  /** A death that makes it impossible to say whether the patient was followed. */
  private @Nullable Censored unclearDeath(Stretch stretch) {
    Death died = death;
    if (died == null) {
      return null;
    }
    Instant earliest = died.earliest();
    if (earliest == null) {
      return contacts.at(stretch.end(), null).isPresent()
          ? null
          : censored(
              lastSeen(stretch.end()),
              CensoringReason.AMBIGUOUS_DATE,
              "dead, without saying since when",
              died.evidence());
    }
    Optional<Fact> seen = contradiction(died);
    if (seen.isPresent() && stretch.isBeforeEnd(earliest)) {
      return contradicted(earliest, died, seen.get());
    }
    return died.isBy(stretch.end()) || !stretch.isBeforeEnd(earliest)
        ? null
        : censored(
            earliest,
            CensoringReason.AMBIGUOUS_DATE,
            "the date of death may lie before or behind the horizon's end",
            died.evidence());
  }

  private OutcomeLabel ofDeath(Frame frame, boolean isOver) {
    Stretch stretch = stretch(frame, isOver);
    Death died = death;
    Instant end = frame.end();
    Stay stay = frame.stay();
    if (died != null && died.latest() != null && stretch.isBeforeEnd(died.latest())) {
      return inTime(died, died.latest(), stay);
    }
    boolean wasLeftDead =
        stay != null && end != null && isOver && stay.how() == Stay.Disposition.DEAD;
    if (died != null && wasLeftDead && end != null) {
      return inTime(died, end, stay);
    }
    boolean leftAlive = stay != null && stay.how() == Stay.Disposition.ALIVE;
    if (died != null && !(isOver && leftAlive)) {
      Censored unclear = unclearDeath(stretch);
      if (unclear != null) {
        return unclear;
      }
    }
    if (!isOver) {
      return open();
    }
    return timeline.complete().contains(ResourceKind.PATIENT) ? followed(frame) : incomplete();
  }

  /** A death in time, unless the record says as well that the patient lived on. */
  private OutcomeLabel inTime(Death died, Instant time, @Nullable Stay stay) {
    Optional<Fact> seen = contradiction(died);
    if (seen.isPresent()) {
      return contradicted(Objects.requireNonNull(died.earliest()), died, seen.get());
    }
    boolean leftAlive =
        stay != null
            && outcome.definition().horizon().anchor() == Horizon.Anchor.STAY
            && stay.how() == Stay.Disposition.ALIVE;
    return leftAlive && stay != null
        ? contradicted(Objects.requireNonNull(died.earliest()), died, stay.encounter())
        : new Event(time, died.evidence());
  }

  private OutcomeLabel followed(Frame frame) {
    Instant end = Objects.requireNonNull(frame.end());
    Stay stay = frame.stay();
    if (stay != null && outcome.definition().horizon().anchor() == Horizon.Anchor.STAY) {
      return heard(discharged(stay, end), end, Set.of(site(stay.encounter())));
    }
    Optional<Hit> proof = contacts.at(end, outcome.definition().followUp().tolerance());
    return proof
        .map(
            hit ->
                heard(
                    new NoEvent(hit.time(), hit.evidence()),
                    end,
                    contacts.sites(indexTime, hit.time())))
        .orElseGet(
            () ->
                censored(
                    lastSeen(end),
                    CensoringReason.NOT_FOLLOWED,
                    "nothing shows that the patient was still observed at " + end,
                    contacts
                        .lastBefore(end)
                        .filter(hit -> hit.time().isAfter(indexTime))
                        .map(Hit::evidence)
                        .orElse(Evidence.NONE)));
  }

  /** Who leaves a stay without the event was observed to its end. */
  private static NoEvent discharged(Stay stay, Instant end) {
    return new NoEvent(end, Hit.evidence(List.of(stay.encounter())));
  }

  /**
   * No event, unless a feed is silent that would have told of it, at a site where the patient was
   * seen.
   */
  private OutcomeLabel heard(NoEvent none, Instant end, Set<String> sites) {
    Instant silent = null;
    String who = "";
    for (String site : new TreeSet<>(sites)) {
      for (ResourceKind kind : outcome.tellers()) {
        Instant since = feeds.silentSince(site, kind, end, knownAt);
        if (since != null && (silent == null || since.isBefore(silent))) {
          silent = since;
          who = kind.fhirType() + (site.isEmpty() ? "" : " of Organization/" + site);
        }
      }
    }
    return silent == null
        ? none
        : censored(
            silent.isBefore(indexTime) ? indexTime : silent,
            CensoringReason.FEED_SILENT,
            "nothing would have told of it: no " + who + " has come since " + silent,
            none.evidence());
  }

  static String site(Fact fact) {
    String site = fact.context().site();
    return site == null ? "" : site;
  }

  private Censored open() {
    return censored(
        knownAt, CensoringReason.HORIZON_OPEN, "the horizon is not over", Evidence.NONE);
  }

  private Censored incomplete() {
    return censored(
        indexTime,
        CensoringReason.SEARCH_INCOMPLETE,
        "the search was not complete, so absence proves nothing",
        Evidence.NONE);
  }

  private Censored contradicted(Instant at, Death died, Fact other) {
    List<String> references = new ArrayList<>(died.evidence().references());
    references.add(other.source().reference());
    Instant known = other.known().from();
    Instant since = died.evidence().known();
    return censored(
        at.isBefore(indexTime) ? indexTime : at,
        CensoringReason.CONTRADICTED,
        "recorded as dead, and as seen alive afterwards",
        new Evidence(
            references.stream().distinct().toList(),
            since == null || known.isAfter(since) ? known : since));
  }

  private Instant lastSeen(Instant end) {
    return contacts
        .lastBefore(end)
        .map(Hit::time)
        .filter(time -> time.isAfter(indexTime))
        .orElse(indexTime);
  }

  private static Censored censored(
      Instant at, CensoringReason reason, String detail, Evidence evidence) {
    return new Censored(at, reason, detail, evidence);
  }
}
