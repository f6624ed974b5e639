package org.auscult.server.timeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ca.uhn.fhir.rest.client.api.IGenericClient;
import ca.uhn.fhir.rest.server.exceptions.ResourceGoneException;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.auscult.timeline.AsOf;
import org.auscult.timeline.AsOf.Known.ByClock;
import org.auscult.timeline.Code;
import org.auscult.timeline.CodeFamilies;
import org.auscult.timeline.Fact;
import org.auscult.timeline.FactContext.Author;
import org.auscult.timeline.FactValue;
import org.auscult.timeline.PatientTimeline;
import org.auscult.timeline.ResourceKind;
import org.auscult.timeline.TimelineQuery;
import org.auscult.timeline.TimelineQuery.Need;
import org.auscult.timeline.TimelineReader;
import org.auscult.timeline.fhir.FactProjector;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleType;
import org.hl7.fhir.r4.model.Bundle.HTTPVerb;
import org.hl7.fhir.r4.model.Condition;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.DateType;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Observation.ObservationStatus;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Patient.LinkType;
import org.hl7.fhir.r4.model.Provenance;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;

/** What must hold of the timeline on every database; each test class runs all of them. */
final class TimelineScenarios {
  private static final String ICD = "http://hl7.org/fhir/sid/icd-10-cm";
  private static final Code CREATININE = Code.loinc("2160-0");

  private final IGenericClient client;
  private final TimelineReader reader;

  TimelineScenarios(IGenericClient client, TimelineReader reader) {
    this.client = client;
    this.reader = reader;
  }

  void correctionClosesTheFormerRow() {
    String patient = patient();
    String id = create(creatinine(patient, "1.1"));
    PatientTimeline first = read(patient, AsOf.current(Instant.now()));

    Observation corrected = creatinine(patient, "1.4");
    corrected.setId(id);
    corrected.setStatus(ObservationStatus.CORRECTED);
    client.update().resource(corrected).execute();
    PatientTimeline second = read(patient, AsOf.current(Instant.now()));

    assertThat(values(first)).containsExactly("1.1");
    assertThat(values(second)).containsExactly("1.4");
    assertThat(second.epoch()).isEqualTo(first.epoch() + 1);
    assertThat(values(read(patient, AsOf.epoch(Instant.now(), first.epoch()))))
        .containsExactly("1.1");
  }

  void deletionClosesRowsAndUndeletionOpensThemAgain() {
    String patient = patient();
    String id = create(creatinine(patient, "1.1"));
    client.delete().resourceById("Observation", id).execute();

    assertThat(values(read(patient, AsOf.current(Instant.now())))).isEmpty();

    Observation again = creatinine(patient, "1.2");
    again.setId(id);
    client.update().resource(again).execute();

    assertThat(values(read(patient, AsOf.current(Instant.now())))).containsExactly("1.2");
  }

  void deletionIsKnownFromTheTimeThatTheRecordSays() {
    deletionIsKnown(id -> client.delete().resourceById("Observation", id).execute());
    deletionIsKnown(
        id -> client.delete().resourceConditionalByUrl("Observation?_id=" + id).execute());
    deletionIsKnown(
        id -> {
          Bundle bundle = new Bundle().setType(BundleType.TRANSACTION);
          bundle.addEntry().getRequest().setMethod(HTTPVerb.DELETE).setUrl("Observation/" + id);
          client.transaction().withBundle(bundle).execute();
        });
  }

  private void deletionIsKnown(Consumer<String> delete) {
    String patient = patient();
    String id = create(creatinine(patient, "1.1"));
    delete.accept(id);

    String gone = "";
    try {
      client.read().resource(Observation.class).withId(id).execute();
    } catch (ResourceGoneException e) {
      gone = e.getResponseBody();
    }
    Matcher said = Pattern.compile("deleted at ([-+:.0-9T]+)").matcher(gone);
    assertThat(said.find()).isTrue();
    Instant deleted = OffsetDateTime.parse(said.group(1)).toInstant();
    Instant now = Instant.now();

    assertThat(values(read(patient, new AsOf(now, new ByClock(deleted))))).isEmpty();
    assertThat(values(read(patient, new AsOf(now, new ByClock(deleted.minusMillis(1))))))
        .containsExactly("1.1");
  }

  void historyLoadedAfterADeletionIsNotKnownBeforeIt() {
    String patient = patient();
    String id = create(creatinine(patient, "1.1"));
    Instant live = Instant.now();
    client.delete().resourceById("Observation", id).execute();
    Instant gone = Instant.now();
    Observation loaded = creatinine(patient, "1.2");
    loaded.setId(id);
    loaded
        .getMeta()
        .addTag(FactProjector.HISTORY.system(), FactProjector.HISTORY.code(), "history");
    client.update().resource(loaded).execute();
    Instant now = Instant.now();

    assertThat(values(read(patient, new AsOf(now, new ByClock(live))))).containsExactly("1.1");
    assertThat(values(read(patient, new AsOf(now, new ByClock(gone))))).isEmpty();
    assertThat(values(read(patient, new AsOf(now, new ByClock(now))))).containsExactly("1.2");
  }

  void enteredInErrorIsKeptAsARowButNeverSeen() {
    String patient = patient();
    String id = create(creatinine(patient, "9.9"));
    Observation error = creatinine(patient, "9.9");
    error.setId(id);
    error.setStatus(ObservationStatus.ENTEREDINERROR);
    client.update().resource(error).execute();

    PatientTimeline timeline = read(patient, AsOf.current(Instant.now()));

    assertThat(timeline.facts()).anyMatch(f -> f.context().status().equals("entered-in-error"));
    assertThat(
            timeline
                .asOf(AsOf.current(Instant.now()))
                .facts(ResourceKind.OBSERVATION, Set.of(CREATININE)))
        .isEmpty();
  }

  void subjectMovesToAnotherPatient() {
    String wrong = patient();
    String right = patient();
    String id = create(creatinine(wrong, "1.1"));
    Observation moved = creatinine(right, "1.1");
    moved.setId(id);
    client.update().resource(moved).execute();

    assertThat(values(read(wrong, AsOf.current(Instant.now())))).isEmpty();
    assertThat(values(read(right, AsOf.current(Instant.now())))).containsExactly("1.1");
  }

  void aTransactionThatFailsLeavesNothing() {
    String patient = patient();
    long before = read(patient, AsOf.current(Instant.now())).epoch();
    Bundle bundle = new Bundle().setType(BundleType.TRANSACTION);
    bundle
        .addEntry()
        .setResource(creatinine(patient, "1.1"))
        .getRequest()
        .setMethod(HTTPVerb.POST)
        .setUrl("Observation");
    Patient stale = new Patient();
    stale.setId(patient);
    bundle
        .addEntry()
        .setResource(stale)
        .getRequest()
        .setMethod(HTTPVerb.PUT)
        .setUrl("Patient/" + patient)
        .setIfMatch("W/\"99\"");

    assertThatThrownBy(() -> client.transaction().withBundle(bundle).execute());

    PatientTimeline after = read(patient, AsOf.current(Instant.now()));
    assertThat(values(after)).isEmpty();
    assertThat(after.epoch()).isEqualTo(before);
  }

  void oneTransactionIsOneEpochPerPatient() {
    String one = patient();
    String other = patient();
    long before = read(one, AsOf.current(Instant.now())).epoch();
    Bundle bundle = new Bundle().setType(BundleType.TRANSACTION);
    for (int i = 0; i < 20; i++) {
      bundle
          .addEntry()
          .setResource(creatinine(i % 2 == 0 ? one : other, "1." + i))
          .getRequest()
          .setMethod(HTTPVerb.POST)
          .setUrl("Observation");
    }
    client.transaction().withBundle(bundle).execute();

    PatientTimeline timeline = read(one, AsOf.current(Instant.now()));
    assertThat(timeline.epoch()).isEqualTo(before + 1);
    assertThat(values(timeline)).hasSize(10);
  }

  void conditionalUpdateAndPatchAreFollowed() {
    String patient = patient();
    Observation observation = creatinine(patient, "1.1");
    String key = UUID.randomUUID().toString();
    observation.addIdentifier().setSystem("urn:test").setValue(key);
    String url = "Observation?identifier=urn:test|" + key;
    client.update().resource(observation).conditionalByUrl(url).execute();
    observation.setValue(quantity("1.3"));
    client.update().resource(observation).conditionalByUrl(url).execute();

    assertThat(values(read(patient, AsOf.current(Instant.now())))).containsExactly("1.3");

    client
        .patch()
        .withBody("[{\"op\":\"replace\",\"path\":\"/valueQuantity/value\",\"value\":1.7}]")
        .conditionalByUrl(url)
        .execute();

    assertThat(values(read(patient, AsOf.current(Instant.now())))).containsExactly("1.7");
  }

  void mergeMovesRowsAndUndoMovesThemBack() {
    String gone = patient();
    String stays = patient();
    create(creatinine(gone, "1.1"));
    create(creatinine(stays, "2.2"));
    long epochBefore = read(stays, AsOf.current(Instant.now())).epoch();

    Patient merged = client.read().resource(Patient.class).withId(gone).execute();
    merged.addLink().setType(LinkType.REPLACEDBY).setOther(new Reference("Patient/" + stays));
    client.update().resource(merged).execute();

    assertThat(values(read(stays, AsOf.current(Instant.now()))))
        .containsExactlyInAnyOrder("1.1", "2.2");
    assertThat(values(read(gone, AsOf.current(Instant.now())))).isEmpty();
    assertThat(values(read(stays, AsOf.epoch(Instant.now(), epochBefore)))).containsExactly("2.2");

    create(creatinine(gone, "1.5"));
    assertThat(values(read(stays, AsOf.current(Instant.now()))))
        .containsExactlyInAnyOrder("1.1", "1.5", "2.2");

    merged = client.read().resource(Patient.class).withId(gone).execute();
    merged.getLink().clear();
    client.update().resource(merged).execute();

    assertThat(values(read(stays, AsOf.current(Instant.now())))).containsExactly("2.2");
    assertThat(values(read(gone, AsOf.current(Instant.now()))))
        .containsExactlyInAnyOrder("1.1", "1.5");
  }

  void concurrentWritersLoseNothingAndShareNoEpoch() throws Exception {
    String patient = patient();
    long before = read(patient, AsOf.current(Instant.now())).epoch();
    int writers = 6;
    int each = 8;
    ExecutorService pool = Executors.newFixedThreadPool(writers);
    List<Future<?>> running = new ArrayList<>();
    for (int w = 0; w < writers; w++) {
      running.add(
          pool.submit(
              () -> {
                for (int i = 0; i < each; i++) {
                  create(creatinine(patient, "1.0"));
                }
              }));
    }
    for (Future<?> f : running) {
      f.get();
    }
    pool.shutdown();

    PatientTimeline timeline = read(patient, AsOf.current(Instant.now()));
    assertThat(timeline.facts()).hasSize(writers * each);
    assertThat(timeline.epoch()).isEqualTo(before + writers * each);
    assertThat(timeline.facts().stream().map(f -> f.epochs().from()).distinct())
        .hasSize(writers * each);
  }

  /** A label's absence proves nothing: who wrote a resource is what its Provenance says. */
  void whatAModelWroteIsKnownByProvenance() {
    String patient = patient();
    String id = create(creatinine(patient, "1.1"));
    PatientTimeline before = read(patient, AsOf.current(Instant.now()));
    create(provenance("Observation/" + id + "/_history/1"));
    PatientTimeline after = read(patient, AsOf.current(Instant.now()));

    assertThat(authors(before)).containsExactly(Author.RECORD);
    assertThat(authors(after)).containsExactly(Author.MODEL);
    assertThat(after.epoch()).isEqualTo(before.epoch() + 1);
    assertThat(authors(read(patient, AsOf.epoch(Instant.now(), before.epoch()))))
        .containsExactly(Author.RECORD);

    Observation byHand = creatinine(patient, "1.2");
    byHand.setId(id);
    client.update().resource(byHand).execute();
    assertThat(authors(read(patient, AsOf.current(Instant.now())))).containsExactly(Author.RECORD);
  }

  void provenanceMayComeFirstAndSpeakOfEveryVersion() {
    String patient = patient();
    String id = "o-" + UUID.randomUUID();
    String provenance = create(provenance("Observation/" + id));
    for (String value : List.of("1.1", "1.2")) {
      Observation written = creatinine(patient, value);
      written.setId(id);
      client.update().resource(written).execute();
      PatientTimeline timeline = read(patient, AsOf.current(Instant.now()));
      assertThat(values(timeline)).containsExactly(value);
      assertThat(authors(timeline)).containsExactly(Author.MODEL);
    }

    client.delete().resourceById("Provenance", provenance).execute();
    Observation byHand = creatinine(patient, "1.3");
    byHand.setId(id);
    client.update().resource(byHand).execute();
    assertThat(authors(read(patient, AsOf.current(Instant.now())))).containsExactly(Author.RECORD);
  }

  void provenanceOfTheSameTransactionCounts() {
    String patient = patient();
    String id = "o-" + UUID.randomUUID();
    Observation observation = creatinine(patient, "1.1");
    observation.setId(id);
    Bundle bundle = new Bundle().setType(BundleType.TRANSACTION);
    bundle
        .addEntry()
        .setResource(provenance("Observation/" + id))
        .getRequest()
        .setMethod(HTTPVerb.POST)
        .setUrl("Provenance");
    bundle
        .addEntry()
        .setResource(observation)
        .getRequest()
        .setMethod(HTTPVerb.PUT)
        .setUrl("Observation/" + id);
    client.transaction().withBundle(bundle).execute();

    PatientTimeline timeline = read(patient, AsOf.current(Instant.now()));
    assertThat(authors(timeline)).containsExactly(Author.MODEL);
    assertThat(timeline.facts().get(0).epochs().until()).isNull();
  }

  static Provenance provenance(String target) {
    Provenance provenance = new Provenance();
    provenance.addTarget(new Reference(target));
    provenance.setRecorded(new Date());
    provenance
        .addReason()
        .addCoding()
        .setSystem("http://terminology.hl7.org/CodeSystem/v3-ObservationValue")
        .setCode("AIAST");
    provenance.addAgent().getWho().setDisplay("a model elsewhere");
    return provenance;
  }

  private static List<Author> authors(PatientTimeline timeline) {
    return timeline.facts().stream().map(fact -> fact.context().author()).toList();
  }

  void severalCodingsAreOneFact() {
    String patient = patient();
    Observation observation = creatinine(patient, "1.1");
    observation.getCode().addCoding().setSystem("urn:local").setCode("CREA");
    create(observation);
    Need both =
        new Need(ResourceKind.OBSERVATION, Set.of(CREATININE, new Code("urn:local", "CREA")), null);

    PatientTimeline timeline =
        reader
            .read(new TimelineQuery(patient, AsOf.current(Instant.now()), List.of(both)))
            .orElseThrow();

    assertThat(timeline.facts()).hasSize(1);
    assertThat(timeline.facts().get(0).codes()).hasSize(2);
  }

  /** A family's text stands in no row. */
  void aFamilyOfCodesIsRead() {
    String patient = patient();
    String below = create(condition(patient, "I50.22"));
    create(condition(patient, "I5A"));
    create(condition(patient, "I51.4"));
    String head = create(condition(patient, "I50"));
    create(creatinine(patient, "1.1"));
    Code family = CodeFamilies.family(new Code(ICD, "I50"));
    Need need = new Need(ResourceKind.CONDITION, Set.of(family), null);

    PatientTimeline timeline =
        reader
            .read(new TimelineQuery(patient, AsOf.current(Instant.now()), List.of(need)))
            .orElseThrow();

    assertThat(timeline.facts())
        .extracting(fact -> fact.source().id())
        .containsExactlyInAnyOrder(below, head);
    assertThat(
            timeline
                .asOf(AsOf.current(Instant.now()))
                .facts(ResourceKind.CONDITION, Set.of(family)))
        .hasSize(2);
  }

  private static Condition condition(String patient, String code) {
    Condition condition = new Condition();
    condition.setSubject(new Reference("Patient/" + patient));
    condition.getCode().addCoding().setSystem(ICD).setCode(code);
    condition.setOnset(new DateTimeType(new Date(System.currentTimeMillis() - 86_400_000)));
    condition
        .getClinicalStatus()
        .addCoding()
        .setSystem("http://terminology.hl7.org/CodeSystem/condition-clinical")
        .setCode("active");
    return condition;
  }

  private String patient() {
    Patient patient = new Patient();
    patient.setBirthDateElement(new DateType("1970-02-03"));
    return create(patient);
  }

  private String create(Resource resource) {
    return client.create().resource(resource).execute().getId().getIdPart();
  }

  private static Observation creatinine(String patient, String value) {
    Observation observation = new Observation();
    observation.setStatus(ObservationStatus.FINAL);
    observation.setSubject(new Reference("Patient/" + patient));
    observation.getCode().addCoding().setSystem("http://loinc.org").setCode("2160-0");
    observation.setEffective(new DateTimeType(new Date(System.currentTimeMillis() - 86_400_000)));
    observation.setValue(quantity(value));
    return observation;
  }

  private static Quantity quantity(String value) {
    return new Quantity()
        .setValue(new BigDecimal(value))
        .setUnit("mg/dL")
        .setSystem("http://unitsofmeasure.org")
        .setCode("mg/dL");
  }

  private PatientTimeline read(String patient, AsOf asOf) {
    Need need = new Need(ResourceKind.OBSERVATION, Set.of(CREATININE), null);
    return reader.read(new TimelineQuery(patient, asOf, List.of(need))).orElseThrow();
  }

  private static List<String> values(PatientTimeline timeline) {
    return timeline.facts().stream()
        .map(Fact::value)
        .map(v -> ((FactValue.Measured) v).original().value().toPlainString())
        .toList();
  }
}
