package org.auscult.cds.hook;

import java.time.Instant;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.auscult.cds.fhir.Asked;
import org.auscult.cds.fhir.CallerPatient;
import org.auscult.cds.fhir.PrefetchReader;
import org.auscult.cds.fhir.Prefetched;
import org.auscult.prediction.Subject;
import org.auscult.timeline.AsOf;
import org.auscult.timeline.Code;
import org.auscult.timeline.EffectiveTime;
import org.auscult.timeline.Fact;
import org.auscult.timeline.FactValue;
import org.auscult.timeline.PatientTimeline;
import org.auscult.timeline.ResourceKind;
import org.auscult.timeline.TimelineQuery;
import org.auscult.timeline.TimelineQuery.Need;

/**
 * Decides who the patient is, and joins what the caller sent with what our record says where it is
 * surely the same person (safety rules 1 and 2).
 *
 * <p>If the caller's ids are ours, a resource that came by both roads is one: the later version
 * stands, and the caller's where it gives none, for it is the source. If the person was found by
 * identifier, birth date and sex, ids differ, so what says the same of the same time counts once.
 */
final class PatientGatherer {
  private final HookPorts ports;
  private final HookSettings settings;
  private final PrefetchReader reader;

  PatientGatherer(HookPorts ports, HookSettings settings, PrefetchReader reader) {
    this.ports = ports;
    this.settings = settings;
    this.reader = reader;
  }

  /**
   * @throws Refusal if a resource is another patient's
   */
  Gathered gather(HookRequest call, Asked asked, List<Need> needs, Instant at) {
    boolean idsAreOurs =
        call.fhirServer() != null && settings.localSources().contains(call.fhirServer());
    Optional<PatientTimeline> ours =
        idsAreOurs ? record(call.patient(), needs, at) : Optional.empty();
    String origin = ours.isPresent() ? "" : origin(call);
    Prefetched sent =
        reader.read(
            call.prefetch(),
            asked,
            new CallerPatient(call.patient(), call.fhirServer(), origin, at));
    if (!sent.otherPatient().isEmpty()) {
      throw Refusal.wrongPatient("prefetch." + sent.otherPatient().get(0));
    }
    if (ours.isEmpty()) {
      ours =
          sent.identity().flatMap(ports.localPatients()::find).flatMap(id -> record(id, needs, at));
    }
    if (ours.isPresent()) {
      Subject subject = new Subject("", ours.get().patient());
      return new Gathered(subject, joined(ours.get(), sent), List.of(), sent.findings());
    }
    PatientTimeline sentOnly =
        new PatientTimeline(call.patient(), 0, readable(sent.facts(), sent), sent.complete());
    return new Gathered(
        new Subject(origin, call.patient()), sentOnly, sent.missingKeys(), sent.findings());
  }

  /** A caller that does not say who it is has a name for this one call only. */
  private static String origin(HookRequest call) {
    return call.fhirServer() == null ? "urn:uuid:" + call.instance() : call.fhirServer();
  }

  private Optional<PatientTimeline> record(String patient, List<Need> needs, Instant at) {
    return ports.timeline().read(new TimelineQuery(patient, AsOf.current(at), needs));
  }

  static Refusal noData(List<String> keys) {
    return Refusal.noData(
        "prefetch",
        "The data needed could not be had: this patient is not in our record under that fhirServer,"
            + " and prefetch lacks "
            + String.join(", ", keys)
            + ". Send these keys as discovery describes them (null where there is nothing)."
            + " Fetching from fhirServer is not supported yet.");
  }

  private static PatientTimeline joined(PatientTimeline ours, Prefetched sent) {
    Map<Key, Long> versions = new HashMap<>();
    ours.facts().forEach(f -> versions.merge(Key.of(f), f.source().version(), Math::max));
    Set<Content> contents = new HashSet<>();
    ours.facts().forEach(f -> contents.add(Content.of(f)));

    Map<Key, List<Fact>> later = new HashMap<>();
    Set<Fact> added = new HashSet<>();
    for (Fact fact : sent.facts()) {
      Long known = versions.get(Key.of(fact));
      long version = fact.source().version();
      if (known != null && (version == 0 || version > known)) {
        later.computeIfAbsent(Key.of(fact), k -> new java.util.ArrayList<>()).add(fact);
      } else if (known == null && !contents.contains(Content.of(fact))) {
        added.add(fact);
      }
    }
    List<Fact> facts = new java.util.ArrayList<>();
    ours.facts().stream().filter(f -> !later.containsKey(Key.of(f))).forEach(facts::add);
    later.values().forEach(facts::addAll);
    sent.facts().stream().filter(added::contains).forEach(facts::add);
    Set<ResourceKind> complete = EnumSet.noneOf(ResourceKind.class);
    complete.addAll(ours.complete());
    complete.addAll(sent.complete());
    sent.withheld().forEach(w -> complete.remove(w.kind()));
    return new PatientTimeline(
        ours.patient(),
        ours.epoch(),
        readable(facts, sent).stream().map(f -> f.withPatient(ours.patient())).toList(),
        complete);
  }

  private static List<Fact> readable(List<Fact> facts, Prefetched sent) {
    return facts.stream()
        .filter(fact -> sent.withheld().stream().noneMatch(w -> w.covers(fact)))
        .toList();
  }

  private record Key(String origin, ResourceKind kind, String id) {
    static Key of(Fact fact) {
      return new Key(fact.source().origin(), fact.source().kind(), fact.source().id());
    }
  }

  /** What two records say of one thing, without their ids. */
  private record Content(
      ResourceKind kind, Set<Code> codes, EffectiveTime effective, FactValue value, String status) {
    static Content of(Fact fact) {
      return new Content(
          fact.source().kind(),
          Set.copyOf(fact.codes()),
          fact.effective(),
          fact.value(),
          fact.context().status());
    }
  }
}
