package org.auscult.cds.hook;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.auscult.cds.caller.CallerAccess;
import org.auscult.cds.fhir.Asked;
import org.auscult.cds.fhir.CallerPatient;
import org.auscult.cds.fhir.DraftOrders;
import org.auscult.cds.fhir.Fetched;
import org.auscult.cds.fhir.PrefetchReader;
import org.auscult.cds.fhir.Prefetched;
import org.auscult.cds.fhir.Shortfall;
import org.auscult.cds.fhir.Wanted;
import org.auscult.prediction.FactBasis;
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
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides who the patient is, and joins what the caller sent, what its server adds where prefetch
 * lacks something, and what our record says where it is surely the same person (safety rules 1 and
 * 2). Where the caller's ids are ours and the patient is in our record, nothing is fetched.
 *
 * <p>If the caller's ids are ours, a resource that came by both roads is one: the later version
 * stands, and the caller's where it gives none, for it is the source. If the person was found by
 * identifier, birth date and sex, ids differ, so what says the same of the same time counts once.
 */
final class PatientGatherer {
  private static final Logger LOG = LoggerFactory.getLogger(PatientGatherer.class);

  private static final int MOST_MEDICATIONS = 20;

  private final HookPorts ports;
  private final HookSettings settings;
  private final PrefetchReader reader;
  private final PatientMatch match;

  PatientGatherer(HookPorts ports, HookSettings settings, PrefetchReader reader) {
    this.ports = ports;
    this.settings = settings;
    this.reader = reader;
    this.match = new PatientMatch(settings.localSources(), ports.localPatients());
  }

  /** The same, where nobody looks at orders. */
  Gathered gather(HookRequest call, Asked asked, List<Need> needs, Instant at) {
    return gather(call, asked, needs, at, false);
  }

  /**
   * @param withOrders whether the drugs that orders name may be fetched
   * @throws Refusal if a resource is another patient's
   */
  Gathered gather(HookRequest call, Asked asked, List<Need> needs, Instant at, boolean withOrders) {
    Optional<PatientTimeline> ours =
        match.idsAreOurs(call.fhirServer()) ? record(call.patient(), needs, at) : Optional.empty();
    String origin = ours.isPresent() ? "" : origin(call);
    CallerPatient patient = new CallerPatient(call.patient(), call.fhirServer(), origin, at);
    Prefetched sent = reader.read(call.prefetch(), asked, patient);
    if (!sent.otherPatient().isEmpty()) {
      throw Refusal.wrongPatient("prefetch." + sent.otherPatient().get(0));
    }
    List<Wanted> wanted = new ArrayList<>(ours.isPresent() ? List.of() : sent.wanted());
    wanted.addAll(withOrders ? medications(call.drafts()) : List.of());
    Map<String, Fetched> fetched = fetched(call, wanted, at);
    DraftOrders drafts = call.drafts().with(medications(fetched));
    if (!fetched.isEmpty()) {
      sent = reader.read(call.prefetch(), fetched, asked, patient);
      if (!sent.otherPatient().isEmpty()) {
        throw Refusal.wrongPatientFetched(sent.otherPatient().get(0));
      }
    }
    int findings = sent.findings() + drafts.findings();
    if (ours.isEmpty()) {
      ours = sent.identity().flatMap(match::samePerson).flatMap(id -> record(id, needs, at));
    }
    if (ours.isPresent()) {
      Subject subject = new Subject("", ours.get().patient());
      PatientTimeline joined = joined(ours.get(), sent);
      return new Gathered(
          subject,
          joined,
          basis(ours.get(), joined),
          List.of(),
          "",
          findings,
          drafts.orders(),
          sent.labels());
    }
    PatientTimeline sentOnly =
        new PatientTimeline(call.patient(), 0, readable(sent.facts(), sent), sent.complete());
    return new Gathered(
        new Subject(origin, call.patient()),
        sentOnly,
        FactBasis.CALLER,
        sent.missingKeys(),
        advice(call, sent.missingKeys(), fetched),
        findings,
        drafts.orders(),
        sent.labels());
  }

  /** The drugs that orders name by reference, to be read by their ids. */
  private static List<Wanted> medications(DraftOrders drafts) {
    return drafts.unresolved().values().stream()
        .distinct()
        .sorted()
        .limit(MOST_MEDICATIONS)
        .map(reference -> new Wanted(reference, ResourceKind.MEDICATION_REQUEST, reference, null))
        .toList();
  }

  /** Takes them out of what was fetched: they are no data of the patient. */
  private static Map<String, JsonNode> medications(Map<String, Fetched> fetched) {
    Map<String, JsonNode> medications = new HashMap<>();
    fetched
        .entrySet()
        .removeIf(
            entry -> {
              boolean is = entry.getKey().startsWith("Medication/");
              if (is && !entry.getValue().pages().isEmpty()) {
                medications.put(entry.getKey(), entry.getValue().pages().get(0));
              }
              return is;
            });
    return medications;
  }

  /** What the caller's own server says of what prefetch lacks; nothing if it may not be asked. */
  private Map<String, Fetched> fetched(HookRequest call, List<Wanted> wanted, Instant at) {
    String server = call.fhirServer();
    if (server == null || wanted.isEmpty() || !ports.callers().mayRead(server)) {
      return new LinkedHashMap<>();
    }
    Map<String, Fetched> fetched = new LinkedHashMap<>();
    List<Wanted> askable = new ArrayList<>();
    for (Wanted one : wanted) {
      call.context()
          .fill(one.query(), LocalDate.ofInstant(at, settings.zone()))
          .ifPresentOrElse(
              query -> askable.add(new Wanted(one.key(), one.kind(), query, one.next())),
              () -> fetched.put(one.key(), new Fetched(List.of(), Shortfall.NO_CONTEXT)));
    }
    fetched.putAll(ports.callers().read(new CallerAccess(server, call.token()), askable));
    Map<String, Shortfall> lacking = new TreeMap<>();
    fetched.forEach(
        (key, answer) -> {
          if (answer.shortfall() != null) {
            lacking.put(key, answer.shortfall());
          }
        });
    if (!lacking.isEmpty()) {
      LOG.warn("A caller's FHIR server did not give all that was asked of it: {}", lacking);
    }
    return fetched;
  }

  private String advice(HookRequest call, List<String> missing, Map<String, Fetched> fetched) {
    if (call.fhirServer() == null) {
      return " Or send fhirServer with fhirAuthorization, so that they can be fetched.";
    }
    if (!ports.callers().mayRead(call.fhirServer())) {
      return " They can be fetched only from a fhirServer that the operator of this service lists"
          + " in auscult.caller-fhir-servers, and this one is not listed.";
    }
    return " Fetching did not bring them: "
        + String.join(
            "; ", missing.stream().map(key -> key + " (" + why(fetched.get(key)) + ")").toList())
        + ".";
  }

  private static String why(@Nullable Fetched answer) {
    return answer == null || answer.shortfall() == null
        ? Shortfall.UNREADABLE.text()
        : answer.shortfall().text();
  }

  /** A caller that does not say who it is has a name for this one call only. */
  private static String origin(HookRequest call) {
    return call.fhirServer() == null ? "urn:uuid:" + call.instance() : call.fhirServer();
  }

  private Optional<PatientTimeline> record(String patient, List<Need> needs, Instant at) {
    return ports.timeline().read(new TimelineQuery(patient, AsOf.current(at), needs));
  }

  static Refusal noData(Gathered gathered) {
    return Refusal.noData(
        "prefetch",
        "The data needed could not be had: this patient is not in our record under that fhirServer,"
            + " and prefetch lacks "
            + String.join(", ", gathered.missingKeys())
            + ". Send these keys as discovery describes them (null where there is nothing)."
            + gathered.advice());
  }

  private static PatientTimeline joined(PatientTimeline ours, Prefetched sent) {
    if (sent.facts().isEmpty()) {
      return joined(ours, ours.facts(), sent);
    }
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
        later.computeIfAbsent(Key.of(fact), k -> new ArrayList<>()).add(fact);
      } else if (known == null && !contents.contains(Content.of(fact))) {
        added.add(fact);
      }
    }
    List<Fact> facts = new ArrayList<>();
    ours.facts().stream().filter(f -> !later.containsKey(Key.of(f))).forEach(facts::add);
    later.values().forEach(facts::addAll);
    sent.facts().stream().filter(added::contains).forEach(facts::add);
    return joined(ours, facts, sent);
  }

  private static PatientTimeline joined(PatientTimeline ours, List<Fact> facts, Prefetched sent) {
    Set<ResourceKind> complete = EnumSet.noneOf(ResourceKind.class);
    complete.addAll(ours.complete());
    complete.addAll(sent.complete());
    sent.withheld().forEach(w -> complete.remove(w.kind()));
    return new PatientTimeline(
        ours.patient(),
        ours.epoch(),
        readable(facts, sent).stream().map(f -> f.withPatient(ours.patient())).toList(),
        complete,
        ours.isLabelled());
  }

  /** Our record's alone if the caller changed neither facts nor what their absence proves. */
  private static FactBasis basis(PatientTimeline ours, PatientTimeline joined) {
    boolean isOursAlone =
        joined.facts().equals(ours.facts())
            && joined.complete().containsAll(ours.complete())
            && (!ours.complete().isEmpty() || joined.complete().isEmpty());
    return isOursAlone ? FactBasis.RECORD : FactBasis.CALLER;
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
