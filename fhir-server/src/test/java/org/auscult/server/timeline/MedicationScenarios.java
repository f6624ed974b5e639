package org.auscult.server.timeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ca.uhn.fhir.rest.client.api.IGenericClient;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import org.auscult.server.timeline.TimelineRebuild.Mode;
import org.auscult.server.timeline.TimelineRebuild.Outcome;
import org.auscult.timeline.AsOf;
import org.auscult.timeline.Code;
import org.auscult.timeline.EffectiveTime;
import org.auscult.timeline.Epochs;
import org.auscult.timeline.Fact;
import org.auscult.timeline.FactContext;
import org.auscult.timeline.FactValue;
import org.auscult.timeline.KnownTime;
import org.auscult.timeline.Medications;
import org.auscult.timeline.PatientTimeline;
import org.auscult.timeline.ResourceKind;
import org.auscult.timeline.Source;
import org.auscult.timeline.TimelineQuery;
import org.auscult.timeline.TimelineQuery.Need;
import org.auscult.timeline.TimelineReader;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleType;
import org.hl7.fhir.r4.model.Bundle.HTTPVerb;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.Medication;
import org.hl7.fhir.r4.model.MedicationRequest;
import org.hl7.fhir.r4.model.MedicationRequest.MedicationRequestIntent;
import org.hl7.fhir.r4.model.MedicationRequest.MedicationRequestStatus;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Patient.LinkType;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;

/** Orders follow the stored Medication that they name; on every database. */
final class MedicationScenarios {
  private static final String STATIN = "617310";
  private static final String ASPIRIN = "243670";
  private static final List<String> DRUGS = List.of(STATIN, ASPIRIN, "83367");

  private final IGenericClient client;
  private final JdbcTemplate jdbc;
  private final TimelineReader reader;
  private final TimelineRebuild rebuild;
  private final MedicationRound round;

  MedicationScenarios(
      IGenericClient client,
      JdbcTemplate jdbc,
      TimelineReader reader,
      TimelineRebuild rebuild,
      MedicationRound round) {
    this.client = client;
    this.jdbc = jdbc;
    this.reader = reader;
    this.rebuild = rebuild;
    this.round = round;
  }

  /** Both clocks: what was answered in an epoch is answered of it for good. */
  void ordersFollowTheirMedicationAndThePastStays() {
    String patient = patient();
    String drug = id();
    String order = create(order(patient, drug));
    assertThat(codes(patient)).containsExactly("unresolved");
    long unknown = epoch(patient);

    put(medication(drug, STATIN));
    assertThat(codes(patient)).containsExactly(STATIN);
    assertThat(epoch(patient)).isEqualTo(unknown + 1);
    Instant statin = stored(drug);

    put(medication(drug, ASPIRIN));
    assertThat(codes(patient)).containsExactly(ASPIRIN);
    Instant aspirin = stored(drug);

    client.delete().resourceById("Medication", drug).execute();
    assertThat(codes(patient)).containsExactly("unresolved");

    put(medication(drug, STATIN));
    assertThat(codes(patient)).containsExactly(STATIN);
    assertThat(epoch(patient)).isEqualTo(unknown + 4);

    List<String> byEpoch = List.of("unresolved", STATIN, ASPIRIN, "unresolved", STATIN);
    for (int i = 0; i < byEpoch.size(); i++) {
      assertThat(codes(patient, AsOf.epoch(Instant.now(), unknown + i)))
          .as("epoch %d", unknown + i)
          .containsExactly(byEpoch.get(i));
    }
    assertThat(codes(patient, known(statin.minusMillis(1)))).containsExactly("unresolved");
    assertThat(codes(patient, known(statin))).containsExactly(STATIN);
    assertThat(codes(patient, known(aspirin.minusMillis(1)))).containsExactly(STATIN);
    assertThat(codes(patient, known(aspirin))).containsExactly(ASPIRIN);
    assertThat(facts(patient, AsOf.current(Instant.now())).get(0).source().id()).isEqualTo(order);
    assertRebuilds(patient);
  }

  /** Caches and labels hang on this. */
  void eachPatientConcernedIsTold() {
    String drug = id();
    String one = patient();
    String other = patient();
    String nobody = patient();
    create(order(one, drug));
    create(order(other, drug));
    create(order(nobody, id()));
    Map<String, Long> before = new HashMap<>();
    List.of(one, other, nobody).forEach(p -> before.put(p, epoch(p)));

    put(medication(drug, STATIN));

    assertThat(epoch(one)).isEqualTo(Objects.requireNonNull(before.get(one)) + 1);
    assertThat(epoch(other)).isEqualTo(Objects.requireNonNull(before.get(other)) + 1);
    assertThat(epoch(nobody)).isEqualTo(before.get(nobody));
    long told = epoch(one);
    Medication same = medication(drug, STATIN);
    same.setStatus(Medication.MedicationStatus.INACTIVE);
    put(same);
    assertThat(epoch(one)).as("its code is the same").isEqualTo(told);
  }

  void aTransactionOfBothIsOneEpoch() {
    String patient = patient();
    String drug = id();
    long before = epoch(patient);
    Bundle bundle = new Bundle().setType(BundleType.TRANSACTION);
    add(bundle, HTTPVerb.POST, "MedicationRequest", order(patient, drug));
    add(bundle, HTTPVerb.PUT, "Medication/" + drug, medication(drug, STATIN));
    client.transaction().withBundle(bundle).execute();

    assertThat(codes(patient)).containsExactly(STATIN);
    assertThat(epoch(patient)).isEqualTo(before + 1);
    assertThat(rows(patient)).as("two codings of one fact").isEqualTo(2);
    assertRebuilds(patient);
  }

  void anOrderMayNameAnotherMedicationLater() {
    String patient = patient();
    String statin = put(medication(id(), STATIN));
    String aspirin = put(medication(id(), ASPIRIN));
    MedicationRequest order = order(patient, statin);
    order.setId(create(order));
    order.setMedication(new Reference("Medication/" + aspirin));
    client.update().resource(order).execute();
    assertThat(codes(patient)).containsExactly(ASPIRIN);

    long before = epoch(patient);
    put(medication(statin, "83367"));
    assertThat(epoch(patient)).as("nobody names it any more").isEqualTo(before);
    put(medication(aspirin, STATIN));
    assertThat(codes(patient)).containsExactly(STATIN);
    client.delete().resourceById("MedicationRequest", order.getIdElement().getIdPart()).execute();
    put(medication(aspirin, ASPIRIN));
    assertThat(codes(patient)).isEmpty();
    assertRebuilds(patient);
  }

  /** Before its code was known, an order of history might have been of any drug. */
  void historyIsAsOldAsItsMedicationAllows() {
    Instant longAgo = Instant.parse("2019-05-03T10:00:00Z");
    String live = put(medication(id(), STATIN));
    Instant since = stored(live);
    String patient = patient();
    MedicationRequest order = order(patient, live);
    order.setAuthoredOnElement(new DateTimeType("2019-05-01T10:00:00Z"));
    order.getMeta().addTag(history());
    create(order);
    assertThat(codes(patient)).containsExactly(STATIN);
    assertThat(codes(patient, known(longAgo))).containsExactly("unresolved");
    assertThat(codes(patient, known(since))).containsExactly(STATIN);
    assertRebuilds(patient);

    String loaded = id();
    String other = patient();
    MedicationRequest reconstructed = order(other, loaded);
    reconstructed.setAuthoredOnElement(new DateTimeType("2019-05-01T10:00:00Z"));
    reconstructed.getMeta().addTag(history());
    create(reconstructed);
    assertThat(codes(other, known(longAgo))).containsExactly("unresolved");
    Medication medication = medication(loaded, STATIN);
    medication.getMeta().addTag(history());
    put(medication);
    assertThat(codes(other, known(longAgo))).containsExactly(STATIN);
    put(medication(loaded, ASPIRIN));
    assertRebuilds(other);
  }

  /** However many name it, its write takes a bounded part along; the rest follows. */
  void manyOrdersFollowInTheBackground() throws Exception {
    String drug = put(medication(id(), STATIN));
    List<String> patients = List.of(patient(), patient(), patient());
    Bundle bundle = new Bundle().setType(BundleType.TRANSACTION);
    int each = StoredMedications.AT_ONCE;
    for (int i = 0; i < each; i++) {
      for (String patient : patients) {
        add(bundle, HTTPVerb.POST, "MedicationRequest", order(patient, drug));
      }
    }
    client.transaction().withBundle(bundle).execute();
    Map<String, Long> before = new HashMap<>();
    patients.forEach(patient -> before.put(patient, epoch(patient)));

    put(medication(drug, ASPIRIN));

    await(() -> round.backlog() == 0);
    for (String patient : patients) {
      assertThat(codes(patient)).hasSize(each).containsOnly(ASPIRIN);
      assertThat(
              codes(
                  patient, AsOf.epoch(Instant.now(), Objects.requireNonNull(before.get(patient)))))
          .hasSize(each)
          .containsOnly(STATIN);
      assertThat(codes(patient, known(stored(drug)))).hasSize(each).containsOnly(ASPIRIN);
      assertRebuilds(patient);
    }
    assertThat(
            jdbc.queryForObject(
                "select max(n) from (select count(*) n from timeline_change where cause = 'DRUG'"
                    + " group by patient, epoch) t",
                Integer.class))
        .isLessThanOrEqualTo(StoredMedications.AT_ONCE);
  }

  /** No order keeps a code of before, whoever writes at once. */
  void writersOfOrdersAndOfTheirMedicationLoseNothing() throws Exception {
    String drug = id();
    String other = put(medication(id(), "83367"));
    List<String> patients = List.of(patient(), patient(), patient());
    ExecutorService pool = Executors.newFixedThreadPool(4);
    List<Future<?>> running = new ArrayList<>();
    for (int w = 0; w < 3; w++) {
      int writer = w;
      running.add(
          pool.submit(
              () -> {
                for (int i = 0; i < 8; i++) {
                  Bundle bundle = new Bundle().setType(BundleType.TRANSACTION);
                  for (int p = 0; p < patients.size(); p++) {
                    String patient = patients.get((p + writer) % patients.size());
                    add(bundle, HTTPVerb.POST, "MedicationRequest", order(patient, drug));
                    add(bundle, HTTPVerb.POST, "MedicationRequest", order(patient, other));
                  }
                  client.transaction().withBundle(bundle).execute();
                }
              }));
    }
    running.add(
        pool.submit(
            () -> {
              for (int i = 0; i < 12; i++) {
                put(medication(drug, DRUGS.get(i % 2)));
              }
              put(medication(drug, ASPIRIN));
            }));
    for (Future<?> f : running) {
      f.get();
    }
    pool.shutdown();
    await(() -> round.backlog() == 0);

    for (String patient : patients) {
      List<String> codes = codes(patient);
      assertThat(codes).hasSize(48).containsOnly(ASPIRIN, "83367");
      assertThat(codes.stream().filter(ASPIRIN::equals)).hasSize(24);
      assertRebuilds(patient);
    }
  }

  /** An order that is not committed yet would be missed by the change, and never found again. */
  void anOrderInHandKeepsItsMedicationFromChanging(
      TransactionTemplate transaction, TimelineWriter writer) throws Exception {
    String patient = patient();
    String drug = id();
    ExecutorService other = Executors.newSingleThreadExecutor();
    List<Future<String>> changing = new ArrayList<>();
    transaction.executeWithoutResult(
        status -> {
          writer.apply(List.of(written(patient, drug)), List.of(), List.of());
          changing.add(other.submit(() -> put(medication(drug, STATIN))));
          assertThatThrownBy(() -> changing.get(0).get(2, TimeUnit.SECONDS))
              .isInstanceOf(TimeoutException.class);
        });
    changing.get(0).get();
    other.shutdown();

    assertThat(codes(patient)).containsExactly(STATIN);
    // No resource stands behind these rows, so others who rebuild must not meet them.
    jdbc.update("delete from clinical_fact where patient = ?", patient);
    jdbc.update("delete from timeline_change where patient = ?", patient);
  }

  private static Change written(String patient, String drug) {
    Instant now = Instant.now();
    String id = id();
    Fact fact =
        new Fact(
            patient,
            new Source("", ResourceKind.MEDICATION_REQUEST, id, 1, 0),
            List.of(Medications.code(drug), Medications.UNRESOLVED),
            null,
            EffectiveTime.at(now),
            KnownTime.recorded(now),
            Epochs.NONE,
            new FactValue.None(),
            FactContext.of("active"));
    return new Change(
        Change.Cause.WRITE,
        ResourceKind.MEDICATION_REQUEST,
        id,
        1,
        patient,
        List.of(fact),
        now,
        null,
        null);
  }

  /**
   * Whatever happens in whatever order: what stands is what a plain reading of the record gives,
   * what was read in an epoch is read of it for good, and the rebuilt rows are the live ones.
   */
  void randomHistoriesStandAndRebuild(long seed) throws Exception {
    Random random = new Random(seed);
    List<String> patients = List.of(patient(), patient(), patient());
    List<String> drugs = List.of(id(), id(), id());
    Map<String, @Nullable String> says = new HashMap<>();
    Map<String, MedicationRequest> orders = new HashMap<>();
    Map<String, List<String>> read = new HashMap<>();
    for (int step = 0; step < 60; step++) {
      String drug = drugs.get(random.nextInt(drugs.size()));
      String patient = patients.get(random.nextInt(patients.size()));
      List<String> known = List.copyOf(orders.keySet());
      switch (random.nextInt(8)) {
        case 0, 1 -> {
          MedicationRequest order = order(patient, drug);
          if (random.nextInt(3) == 0) {
            order.getMeta().addTag(history());
          }
          order.setId(create(order));
          orders.put(order.getIdElement().getIdPart(), order);
        }
        case 2 -> {
          if (!known.isEmpty()) {
            MedicationRequest order =
                Objects.requireNonNull(orders.get(known.get(random.nextInt(known.size()))));
            order.setMedication(new Reference("Medication/" + drug));
            order.setSubject(new Reference("Patient/" + patient));
            client.update().resource(order).execute();
          }
        }
        case 3 -> {
          if (!known.isEmpty() && random.nextInt(3) == 0) {
            String gone = known.get(random.nextInt(known.size()));
            orders.remove(gone);
            client.delete().resourceById("MedicationRequest", gone).execute();
          }
        }
        case 4 -> {
          if (says.remove(drug) != null) {
            client.delete().resourceById("Medication", drug).execute();
          }
        }
        case 5 -> {
          if (!known.isEmpty()) {
            create(
                TimelineScenarios.provenance(
                    "MedicationRequest/" + known.get(random.nextInt(known.size()))));
          }
        }
        default -> {
          String code = DRUGS.get(random.nextInt(DRUGS.size()));
          Medication medication = medication(drug, code);
          if (random.nextInt(3) == 0) {
            medication.getMeta().addTag(history());
          }
          put(medication);
          says.put(drug, code);
        }
      }
      for (String each : patients) {
        read.putIfAbsent(each + "/" + epoch(each), sorted(codes(each)));
      }
    }
    String into = patients.get(2);
    link(patients.get(0), into);
    String last = drugs.get(0);
    put(medication(last, "1191"));
    says.put(last, "1191");

    List<String> expected = new ArrayList<>();
    orders
        .values()
        .forEach(
            order -> {
              String subject = order.getSubject().getReferenceElement().getIdPart();
              if (!subject.equals(patients.get(1))) {
                String of = order.getMedicationReference().getReferenceElement().getIdPart();
                expected.add(says.getOrDefault(of, "unresolved"));
              }
            });
    assertThat(sorted(codes(into))).as("seed %d", seed).isEqualTo(sorted(expected));
    read.forEach(
        (when, codes) -> {
          String[] parts = when.split("/");
          AsOf then = AsOf.epoch(Instant.now(), Long.parseLong(parts[1]));
          assertThat(sorted(codes(parts[0], then))).as("%s, seed %d", when, seed).isEqualTo(codes);
        });
    for (String each : patients) {
      assertRebuilds(each);
    }
  }

  /** As after an update of this server: nobody knew what Medications say. */
  void whatWasStoredBeforeThereWereStatesIsEntered(MedicationRound fresh)
      throws InterruptedException {
    String patient = patient();
    String drug = id();
    String order = create(order(patient, drug));
    long before = epoch(patient);
    put(medication(drug, STATIN));
    jdbc.update("delete from medication_state where medication = ?", drug);
    jdbc.update("delete from medication_current where medication = ?", drug);
    jdbc.update("delete from timeline_change where source_id = ? and cause = 'DRUG'", order);
    jdbc.update("update timeline_change set medication_state = null where source_id = ?", order);
    jdbc.update("delete from clinical_fact where source_id = ? and epoch_to is null", order);
    jdbc.update(
        "update clinical_fact set epoch_to = null, known_until = null where source_id = ?", order);
    jdbc.update("update patient_epoch set generation = generation + 1 where patient = ?", patient);
    assertThat(codes(patient)).containsExactly("unresolved");
    jdbc.update("update medication_progress set position = 0, finished = ?", false);

    fresh.runAll(() -> true);
    await(() -> fresh.backlog() == 0);

    assertThat(codes(patient)).containsExactly(STATIN);
    assertThat(codes(patient, AsOf.epoch(Instant.now(), before))).containsExactly("unresolved");
    assertThat(jdbc.queryForObject("select finished from medication_progress", Boolean.class))
        .isTrue();
    assertRebuilds(patient);
  }

  private void assertRebuilds(String patient) {
    Outcome outcome = rebuild.rebuild(patient, Mode.COMPARE).orElseThrow();
    assertThat(outcome.examples()).isEmpty();
    assertThat(outcome.differingRows()).isZero();
    assertThat(outcome.rebuiltRows()).isEqualTo(outcome.liveRows()).isPositive();
  }

  private static void await(BooleanSupplier done) throws InterruptedException {
    for (int i = 0; i < 300 && !done.getAsBoolean(); i++) {
      Thread.sleep(100);
    }
    assertThat(done.getAsBoolean()).isTrue();
  }

  private static AsOf known(Instant at) {
    return new AsOf(Instant.now(), new AsOf.Known.ByClock(at));
  }

  private List<String> codes(String patient) {
    return codes(patient, AsOf.current(Instant.now()));
  }

  /** One for each order: its drug's code, or that it is not known. */
  private List<String> codes(String patient, AsOf asOf) {
    return facts(patient, asOf).stream()
        .map(
            fact ->
                fact.codes().stream()
                    .filter(code -> !code.code().startsWith("Medication/"))
                    .map(Code::code)
                    .reduce((a, b) -> a + "+" + b)
                    .orElse(""))
        .toList();
  }

  private List<Fact> facts(String patient, AsOf asOf) {
    Set<Code> asked =
        Set.of(
            Code.rxnorm(STATIN),
            Code.rxnorm(ASPIRIN),
            Code.rxnorm("83367"),
            Code.rxnorm("1191"),
            Medications.UNRESOLVED);
    Need need = new Need(ResourceKind.MEDICATION_REQUEST, asked, null);
    return timeline(patient, asOf, need).facts();
  }

  private PatientTimeline timeline(String patient, AsOf asOf, Need need) {
    return reader.read(new TimelineQuery(patient, asOf, List.of(need))).orElseThrow();
  }

  private static List<String> sorted(List<String> texts) {
    return texts.stream().sorted().toList();
  }

  private long epoch(String patient) {
    Long epoch =
        jdbc.queryForObject(
            "select epoch from patient_epoch where patient = ?", Long.class, patient);
    return epoch == null ? 0 : epoch;
  }

  private int rows(String patient) {
    Integer rows =
        jdbc.queryForObject(
            "select count(*) from clinical_fact where patient = ? and source_kind ="
                + " 'MEDICATION_REQUEST'",
            Integer.class,
            patient);
    return rows == null ? 0 : rows;
  }

  private Instant stored(String medication) {
    return client
        .read()
        .resource(Medication.class)
        .withId(medication)
        .execute()
        .getMeta()
        .getLastUpdated()
        .toInstant();
  }

  private void link(String patient, String to) {
    Patient merged = client.read().resource(Patient.class).withId(patient).execute();
    merged.addLink().setType(LinkType.REPLACEDBY).setOther(new Reference("Patient/" + to));
    client.update().resource(merged).execute();
  }

  private static void add(Bundle bundle, HTTPVerb verb, String url, Resource resource) {
    bundle.addEntry().setResource(resource).getRequest().setMethod(verb).setUrl(url);
  }

  private String patient() {
    return create(new Patient().setActive(true));
  }

  private String create(Resource resource) {
    return client.create().resource(resource).execute().getId().getIdPart();
  }

  private String put(Medication medication) {
    return client.update().resource(medication).execute().getId().getIdPart();
  }

  private static String id() {
    return "m-" + UUID.randomUUID();
  }

  private static Coding history() {
    return new Coding("https://auscult.org/fhir/CodeSystem/load", "history", null);
  }

  private static Medication medication(String id, String code) {
    Medication medication = new Medication();
    medication.setId(id);
    medication.getCode().addCoding().setSystem(Code.rxnorm(code).system()).setCode(code);
    return medication;
  }

  private static MedicationRequest order(String patient, String medication) {
    MedicationRequest order = new MedicationRequest();
    order.setStatus(MedicationRequestStatus.ACTIVE);
    order.setIntent(MedicationRequestIntent.ORDER);
    order.setSubject(new Reference("Patient/" + patient));
    order.setMedication(new Reference("Medication/" + medication));
    order.setAuthoredOnElement(new DateTimeType("2024-05-03T10:00:00Z"));
    return order;
  }
}
