package org.auscult.outcome;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.auscult.feature.Arguments;
import org.auscult.feature.FeatureDefinition;
import org.auscult.feature.MissingPolicy;
import org.auscult.feature.Operator;
import org.auscult.feature.ResolvedFeature;
import org.auscult.feature.ResolvedFeatureSet;
import org.auscult.feature.Selection;
import org.auscult.feature.Window;
import org.auscult.timeline.AsOf;
import org.auscult.timeline.Code;
import org.auscult.timeline.Demographics;
import org.auscult.timeline.Dispositions;
import org.auscult.timeline.ResourceKind;
import org.auscult.timeline.TimelineQuery;
import org.auscult.timeline.TimelineQuery.Need;
import org.jspecify.annotations.Nullable;

/** An outcome definition with its ValueSets expanded and its features at hand. */
public final class ResolvedOutcome {
  /** Later than any date of a record: labels look at what was true after the index time. */
  private static final Instant END_OF_TIME = Instant.parse("9999-12-31T00:00:00Z");

  /** Stands for an empty list of codes: no encounter bears it. */
  private static final Code NO_SUCH_CLASS = new Code(Demographics.SYSTEM, "none");

  /** Statuses of what holds for a time, that say that it held once. */
  private static final Map<ResourceKind, Set<String>> HELD_ONCE =
      Map.of(
          ResourceKind.CONDITION,
          Set.of("active", "recurrence", "relapse", "inactive", "remission", "resolved"),
          ResourceKind.ALLERGY_INTOLERANCE,
          Set.of("active", "inactive", "resolved"));

  private final OutcomeDefinition definition;
  private final @Nullable ResolvedFeature event;
  private final Set<Code> except;
  private final Parts parts;
  private final Map<ResolvedFeature, ResolvedFeatureSet> alone = new LinkedHashMap<>();
  private final ResolvedFeature stays;
  private final ResolvedFeature visits;
  private final List<Need> needs;

  /**
   * The features that a definition names, each in the order in which it does.
   *
   * @param exclusions of {@link OutcomeDefinition#exclusions}
   * @param requirements of {@link OutcomeDefinition#requirements}
   * @param competing of {@link OutcomeDefinition#competing}
   * @param followUp of {@link FollowUp#features}
   */
  public record Parts(
      List<ResolvedFeature> exclusions,
      List<ResolvedFeature> requirements,
      List<ResolvedFeature> competing,
      List<ResolvedFeature> followUp) {
    public static final Parts NONE = new Parts(List.of(), List.of(), List.of(), List.of());

    public Parts {
      exclusions = List.copyOf(exclusions);
      requirements = List.copyOf(requirements);
      competing = List.copyOf(competing);
      followUp = List.copyOf(followUp);
    }

    List<ResolvedFeature> all() {
      List<ResolvedFeature> all = new ArrayList<>(exclusions);
      all.addAll(requirements);
      all.addAll(competing);
      all.addAll(followUp);
      return all;
    }
  }

  /**
   * @param event what says which facts are the event; null exactly for a death
   * @param except facts with one of these codes are not the event
   *     <p>Errors: IllegalArgumentException if a feature cannot stand alone.
   */
  public ResolvedOutcome(
      OutcomeDefinition definition,
      @Nullable ResolvedFeature event,
      Set<Code> except,
      Parts parts) {
    this.definition = Objects.requireNonNull(definition);
    this.event =
        event != null && definition.event() instanceof EventRule.Occurrence
            ? happening(event)
            : event;
    this.except = Set.copyOf(except);
    this.parts =
        new Parts(
            parts.exclusions(),
            parts.requirements(),
            parts.competing().stream().map(ResolvedOutcome::happening).toList(),
            parts.followUp().stream().map(ResolvedOutcome::happening).toList());
    if ((event == null) != (definition.event() instanceof EventRule.Death)) {
      throw new IllegalArgumentException("Exactly a death needs no facts of its own");
    }
    this.stays = encounters(definition.horizon().encounterClasses());
    this.visits = encounters(definition.followUp().encounterClasses());
    Stream.concat(Stream.ofNullable(this.event), this.parts.all().stream())
        .forEach(feature -> alone.put(feature, ResolvedFeatureSet.alone(feature)));
    this.needs = needsOf();
  }

  public OutcomeDefinition definition() {
    return definition;
  }

  /** {@code url|version}. */
  public String canonical() {
    return definition.canonical();
  }

  /**
   * What to read of a timeline for a label. The facts must be read for all times, not up to the
   * index time: see {@link #query}.
   */
  public List<Need> needs() {
    return needs;
  }

  /** What to read of one patient for labels as they were known at a time. */
  public TimelineQuery query(String patient, Instant knownAt) {
    return new TimelineQuery(patient, facts(knownAt), needs);
  }

  /** All that was known at a time, whenever it is true. */
  static AsOf facts(Instant knownAt) {
    return new AsOf(END_OF_TIME, new AsOf.Known.ByClock(knownAt));
  }

  /** Every feature on which a label hangs, the event's among them, with what they hang on. */
  public List<ResolvedFeatureSet> sources() {
    return List.copyOf(alone.values());
  }

  ResolvedFeature event() {
    return Objects.requireNonNull(event, "a death has no facts of its own");
  }

  /**
   * What the feeds bring that would tell of the event. A death is told by the Patient; who leaves a
   * stay alive tells by that.
   */
  Set<ResourceKind> tellers() {
    ResolvedFeature facts = event;
    if (facts == null) {
      boolean isStay = definition.horizon().anchor() == Horizon.Anchor.STAY;
      return isStay ? Set.of() : Set.of(ResourceKind.PATIENT);
    }
    Set<ResourceKind> kinds = new TreeSet<>();
    for (ResolvedFeature source : alone(facts).sources(facts.definition().name())) {
      ResourceKind kind = source.definition().kind();
      if (kind != null) {
        kinds.add(kind);
      }
    }
    return kinds;
  }

  boolean isExcepted(List<Code> codes) {
    return codes.stream().anyMatch(except::contains);
  }

  Parts parts() {
    return parts;
  }

  /** One of its features as a set of one. */
  ResolvedFeatureSet alone(ResolvedFeature feature) {
    return Objects.requireNonNull(alone.get(feature), feature.definition().name());
  }

  /** The encounters on which the horizon hangs. */
  ResolvedFeature stays() {
    return stays;
  }

  /** The encounters that prove follow-up. */
  ResolvedFeature visits() {
    return visits;
  }

  /**
   * The facts of a feature, whenever they happen, and whatever it makes of them. A problem counts
   * also when it is over by now.
   */
  private static ResolvedFeature happening(ResolvedFeature feature) {
    FeatureDefinition of = feature.definition();
    Selection selection = of.selection();
    if (selection == null || !of.dependencies().isEmpty()) {
      throw new IllegalArgumentException(of.canonical() + " reads no facts of its own");
    }
    Set<String> statuses =
        selection.statuses().isEmpty() && HELD_ONCE.containsKey(selection.kind())
            ? HELD_ONCE.get(selection.kind())
            : selection.statuses();
    Selection whenever =
        new Selection(
            selection.kind(),
            selection.codes(),
            selection.valueSet(),
            statuses,
            selection.filter(),
            selection.withModels());
    FeatureDefinition happening =
        new FeatureDefinition(
            of.url(),
            of.version(),
            of.name(),
            of.title(),
            Operator.EXISTS,
            whenever,
            Window.WHOLE_RECORD,
            "1",
            null,
            new MissingPolicy.Report(),
            null,
            Arguments.NONE);
    return new ResolvedFeature(happening, feature.codes(), Set.of(), Set.of())
        .withContext(feature.context());
  }

  /** The encounters that bear one of these codes. */
  static ResolvedFeature encounters(Set<Code> codes) {
    List<Code> any = codes.isEmpty() ? List.of(NO_SUCH_CLASS) : List.copyOf(codes);
    return ResolvedFeature.of(
        FeatureDefinition.of(
            Demographics.SYSTEM,
            "encounter",
            Operator.EXISTS,
            Selection.of(ResourceKind.ENCOUNTER, any),
            "1"));
  }

  private List<Need> needsOf() {
    List<Need> all = new ArrayList<>();
    all.add(new Need(ResourceKind.PATIENT, Set.of(Demographics.DECEASED), null));
    all.add(new Need(ResourceKind.ENCOUNTER, Dispositions.ALL, null));
    Set<Code> followUp = definition.followUp().encounterClasses();
    if (!followUp.isEmpty()) {
      all.add(new Need(ResourceKind.ENCOUNTER, followUp, null));
    }
    Set<Code> stay = definition.horizon().encounterClasses();
    if (!stay.isEmpty()) {
      all.add(new Need(ResourceKind.ENCOUNTER, stay, null));
    }
    sources().forEach(set -> all.addAll(set.needs()));
    return List.copyOf(all);
  }

  @Override
  public String toString() {
    return canonical();
  }
}
