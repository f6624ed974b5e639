package org.auscult.server.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.auscult.timeline.FactBuilder.fact;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import javax.sql.DataSource;
import org.auscult.access.Requester;
import org.auscult.access.fhir.AccessSessions.Barrier;
import org.auscult.audit.AuditEntry;
import org.auscult.feature.FeatureCatalog;
import org.auscult.feature.FeatureDefinition;
import org.auscult.feature.FeatureEvaluator;
import org.auscult.feature.Operator;
import org.auscult.feature.ResolvedFeature;
import org.auscult.feature.ResolvedFeatureSet;
import org.auscult.feature.Selection;
import org.auscult.server.config.Database;
import org.auscult.server.keys.FakeKeyRing;
import org.auscult.server.timeline.StoredFacts;
import org.auscult.server.timeline.TimelineHistories;
import org.auscult.server.training.TrainingFiles.Stored;
import org.auscult.server.training.TrainingJob.State;
import org.auscult.timeline.Code;
import org.auscult.timeline.Fact;
import org.auscult.timeline.FactContext;
import org.auscult.timeline.FactContext.Author;
import org.auscult.timeline.ResourceKind;
import org.auscult.unit.CodeUnits;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Jobs against a database of their own: whatever breaks off, the same bytes come out. */
abstract class TrainingScenarios {
  private static final Instant CUT = Instant.parse("2024-06-01T00:00:00Z");
  private static final Code SYSTOLIC = Code.loinc("8480-6");
  private static final int PATIENTS = 23;

  private static final ResolvedFeatureSet SET =
      new ResolvedFeatureSet(
          "https://example.org/set",
          "1",
          "set",
          List.of(
              feature("latest_pressure", Operator.LATEST, "mm[Hg]"),
              feature("pressures", Operator.COUNT, "1")));

  private final JdbcTemplate jdbc;
  private final TransactionTemplate transaction;
  private final TrainingSets sets;
  private final TrainingFiles files;
  private final PlanReader plans;
  private final List<AuditEntry> leaves = new ArrayList<>();
  private final List<String> stored = new ArrayList<>();
  private final Map<String, Barrier> barriers = new HashMap<>();

  TrainingScenarios(DataSource source, Database.Vendor vendor) {
    this.jdbc = new JdbcTemplate(source);
    this.transaction = new TransactionTemplate(new DataSourceTransactionManager(source));
    this.sets = new TrainingSets(jdbc, transaction, vendor);
    this.files = new TrainingFiles(jdbc, new FakeKeyRing());
    this.plans =
        new PlanReader(
            new FeatureCatalog() {
              @Override
              public Optional<ResolvedFeatureSet> featureSet(String canonical) {
                return canonical.equals(SET.canonical()) ? Optional.of(SET) : Optional.empty();
              }

              @Override
              public Optional<ResolvedFeature> feature(String canonical) {
                return Optional.empty();
              }
            },
            canonical -> Optional.empty(),
            group -> Optional.empty(),
            (set, labeller, cohorts) -> List.of(),
            ZoneOffset.UTC);
  }

  static void migrate(DataSource source, Database.Vendor vendor) {
    Flyway.configure().dataSource(source).locations(vendor.migrations()).load().migrate();
  }

  private static ResolvedFeature feature(String name, Operator operator, String unit) {
    return ResolvedFeature.of(
        FeatureDefinition.of(
            "https://example.org/" + name,
            name,
            operator,
            Selection.of(ResourceKind.OBSERVATION, List.of(SYSTOLIC)),
            unit));
  }

  @BeforeEach
  void fill() {
    for (String table :
        List.of(
            "training_set",
            "training_member",
            "training_shard",
            "training_file",
            "training_chunk",
            "clinical_fact",
            "patient_epoch")) {
      jdbc.update("delete from " + table);
    }
    for (int patient = 0; patient < PATIENTS; patient++) {
      List<Fact> facts = new ArrayList<>();
      String id = "p" + patient;
      for (int stay = 0; stay < 3; stay++) {
        String from = "2024-0" + (stay + 1) + "-10T08:00:00Z";
        facts.add(
            fact()
                .patient(id)
                .kind(ResourceKind.ENCOUNTER)
                .id(id + "-e" + stay)
                .codes(new Code("http://terminology.hl7.org/CodeSystem/v3-ActCode", "IMP"))
                .at(from)
                .context(
                    new FactContext(
                        "in-progress", "IMP", id + "-e" + stay, null, null, Author.RECORD))
                .build());
        facts.add(
            fact()
                .patient(id)
                .id(id + "-o" + stay)
                .codes(SYSTOLIC)
                .number(String.valueOf(100 + patient * 3 + stay), "mm[Hg]")
                .at("2024-0" + (stay + 1) + "-10T0" + (patient % 9) + ":30:00Z")
                .build());
      }
      StoredFacts.add(jdbc, id, facts);
    }
  }

  private static SortedMap<String, List<String>> request(String... more) {
    SortedMap<String, List<String>> request = new TreeMap<>();
    request.put("name", List.of("pressures"));
    request.put("cohort", List.of("Patient"));
    request.put("index", List.of("admission"));
    request.put("featureSet", List.of(SET.canonical()));
    request.put("format", List.of("csv", "parquet", "ndjson", "meds"));
    request.put("seed", List.of("7"));
    for (int i = 0; i < more.length; i += 2) {
      request.put(more[i], List.of(more[i + 1]));
    }
    return request;
  }

  private TrainingPlan plan(SortedMap<String, List<String>> request) {
    PlanReader.Read read = plans.read(request, CUT);
    assertThat(read.problems()).isEmpty();
    return java.util.Objects.requireNonNull(read.plan());
  }

  private TrainingJob add(TrainingPlan plan) {
    return sets.add(
        UUID.randomUUID().toString(),
        plan.first("name"),
        "owner",
        Starter.write(Starter.of(null)),
        KeptRequest.of(plan).write(),
        plan.cut());
  }

  private TrainingRun.Tools tools(RunPorts.Sight sight) {
    return new TrainingRun.Tools(
        sets,
        files,
        new TimelineHistories(jdbc),
        new FeatureEvaluator(CodeUnits.standard(), ZoneOffset.UTC),
        sight,
        leaves::add,
        cohort -> Optional.empty(),
        (job, plan, starter, manifest, tally) -> stored.add(job.id()),
        5);
  }

  private RunPorts.Sight all() {
    return new RunPorts.Sight() {
      @Override
      public Map<String, Barrier> barriers(Requester requester, Collection<String> patients) {
        Map<String, Barrier> found = new HashMap<>();
        patients.forEach(p -> found.put(p, barriers.getOrDefault(p, Barrier.NONE)));
        return found;
      }

      @Override
      public boolean mayRead(Requester requester, String type) {
        return true;
      }
    };
  }

  /** Breaks off when so many shards have been looked at. */
  private RunPorts.Sight breaking(int after) {
    int[] seen = new int[1];
    RunPorts.Sight all = all();
    return new RunPorts.Sight() {
      @Override
      public Map<String, Barrier> barriers(Requester requester, Collection<String> patients) {
        seen[0]++;
        if (seen[0] > after) {
          throw new IllegalStateException("as if the process had died");
        }
        return all.barriers(requester, patients);
      }

      @Override
      public boolean mayRead(Requester requester, String type) {
        return all.mayRead(requester, type);
      }
    };
  }

  private void expire() {
    jdbc.update("update training_set set until_at = 0");
  }

  private TrainingJob make(TrainingPlan plan) throws IOException {
    TrainingJob job = add(plan);
    new TrainingRun(tools(all()), plan, sets.claim("node").orElseThrow(), "node").run();
    return sets.find(job.id()).orElseThrow();
  }

  private String text(TrainingJob job, String name) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      files.copy(job.id(), files.find(job.id(), name).orElseThrow(), out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toString(StandardCharsets.UTF_8);
  }

  @Test
  void makesTheSameBytesTwice() throws IOException {
    TrainingPlan plan = plan(request());
    TrainingJob one = make(plan);
    TrainingJob other = make(plan);

    List<Stored> of = files.all(one.id());
    assertThat(one.state()).isEqualTo(State.DONE);
    assertThat(one.version()).isEqualTo(1);
    assertThat(other.version()).isEqualTo(2);
    assertThat(of.stream().map(Stored::name))
        .contains(
            "rows/train/00000.csv",
            "rows/train/00000.parquet",
            "rows/train/00000.ndjson",
            "meds/data/train/00000.parquet",
            "meds/metadata/codes.parquet",
            "meds/metadata/dataset.json",
            "meds/metadata/subject_splits.parquet");
    assertThat(files.all(other.id())).isEqualTo(of);
    assertThat(sets.inBoth(one.id(), other.id())).isEqualTo(PATIENTS);
    assertThat(sets.moved(one.id(), other.id())).isZero();
    assertThat(of.stream().filter(f -> f.name().endsWith(".csv")).mapToLong(Stored::rows).sum())
        .isEqualTo(PATIENTS * 3L);
    for (Stored file : of) {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      files.copy(one.id(), file, bytes);
      assertThat(Hashing.sha256(bytes.toByteArray())).isEqualTo(file.sha256());
      assertThat(bytes.size()).isEqualTo(file.size());
    }
  }

  /** Wherever it breaks off, and whoever goes on. */
  @Test
  void goesOnWhereAnotherBrokeOff() throws IOException {
    TrainingPlan plan = plan(request("split", "slot"));
    TrainingJob whole = make(plan);
    for (int after = 0; after < 10; after += 3) {
      TrainingJob job = add(plan);
      TrainingJob claimed = sets.claim("dies").orElseThrow();
      int last = after;
      assertThatThrownBy(() -> new TrainingRun(tools(breaking(last)), plan, claimed, "dies").run())
          .isInstanceOf(IllegalStateException.class);
      assertThat(sets.claim("other")).as("while the lease lasts").isEmpty();
      expire();
      TrainingJob taken = sets.claim("other").orElseThrow();
      assertThat(taken.id()).isEqualTo(job.id());
      new TrainingRun(tools(all()), plan, taken, "other").run();

      assertThat(files.all(job.id())).isEqualTo(files.all(whole.id()));
    }
  }

  /** One that was late, and has lost its lease meanwhile, writes nothing more. */
  @Test
  void writesNothingOnceAnotherNodeHasIt() throws IOException {
    TrainingPlan plan = plan(request());
    TrainingJob job = add(plan);
    TrainingJob slow = sets.claim("slow").orElseThrow();
    expire();
    TrainingJob quick = sets.claim("quick").orElseThrow();

    assertThatThrownBy(() -> new TrainingRun(tools(all()), plan, slow, "slow").run())
        .isInstanceOf(TrainingSets.LostException.class);
    new TrainingRun(tools(all()), plan, quick, "quick").run();
    assertThat(sets.find(job.id()).orElseThrow().state()).isEqualTo(State.DONE);
    assertThatThrownBy(() -> sets.fail(job.id(), "slow", "late"))
        .isInstanceOf(TrainingSets.LostException.class);
  }

  @Test
  void leavesNothingOfWhatIsCancelled() {
    TrainingPlan plan = plan(request());
    TrainingJob job = add(plan);
    TrainingJob claimed = sets.claim("node").orElseThrow();
    assertThatThrownBy(() -> new TrainingRun(tools(breaking(7)), plan, claimed, "node").run())
        .isInstanceOf(IllegalStateException.class);
    assertThat(files.all(job.id())).isNotEmpty();

    assertThat(sets.cancel(job.id())).isTrue();

    assertThat(sets.cancel(job.id())).isFalse();
    assertThat(sets.find(job.id()).orElseThrow().state()).isEqualTo(State.CANCELLED);
    for (String table :
        List.of("training_member", "training_shard", "training_file", "training_chunk")) {
      assertThat(jdbc.queryForObject("select count(*) from " + table, Integer.class)).isZero();
    }
    expire();
    assertThat(sets.claim("node")).isEmpty();
    assertThat(add(plan).version()).as("the number of a version is never used again").isEqualTo(2);
  }

  @Test
  void leavesOutWhomTheStarterMayNotSee() throws IOException {
    barriers.put("p1", Barrier.CONSENT);
    barriers.put("p10", Barrier.PROTECTION);
    barriers.put("p11", Barrier.ELSEWHERE);

    TrainingJob job = make(plan(request("target", "none")));

    String manifest = java.util.Objects.requireNonNull(job.manifest());
    assertThat(manifest)
        .contains("\"consent\"", "\"special-protection\"")
        .doesNotContain("elsewhere", "p11", "p2");
    StringBuilder all = new StringBuilder();
    files.all(job.id()).stream()
        .map(Stored::name)
        .filter(name -> name.endsWith(".csv"))
        .forEach(name -> all.append(text(job, name)));
    assertThat(all.toString())
        .contains("\np12,")
        .doesNotContain("\np1,", "\np10,", "\np11,")
        .contains("p0,p0-e0,2024-01-10T08:00:00.000Z,");
    assertThat(leaves.stream().flatMap(leaf -> leaf.patients().stream()))
        .hasSize(PATIENTS - 3)
        .doesNotContain("p1", "p10", "p11");
    assertThat(leaves.get(0).agent().purpose()).isEqualTo("HRESCH");
    assertThat(stored).contains(job.id());
  }

  @Test
  void splitsByTime() throws IOException {
    TrainingPlan plan =
        plan(
            request(
                "split",
                "time",
                "format",
                "csv",
                "train",
                "0.6",
                "validation",
                "0",
                "test",
                "0.4"));
    TrainingJob job = make(plan);

    for (Stored file : files.all(job.id())) {
      String expected = file.name().contains("/test/") ? "2024-03-10" : "2024-0[12]-10";
      assertThat(text(job, file.name()).lines().skip(1).toList())
          .isNotEmpty()
          .allMatch(line -> line.matches(".*," + expected + "T08:00:00.000Z,.*"));
    }
    assertThat(files.all(job.id()).stream().map(Stored::name).filter(n -> n.contains("test")))
        .isNotEmpty();
    assertThat(job.manifest()).contains("\"testFrom\" : \"2024-03-10\"");
  }

  @Test
  void refusesEverythingThatIsWrongAtOnce() {
    SortedMap<String, List<String>> request =
        request(
            "name",
            "Not A Name",
            "cohort",
            "Everybody",
            "index",
            "tomorrow",
            "split",
            "luck",
            "train",
            "7",
            "seed",
            "x",
            "format",
            "xlsx",
            "knownAt",
            "2050-01-01",
            "featureSet",
            "https://example.org/none|1",
            "offset",
            "soon",
            "missing",
            "maybe");

    PlanReader.Read read = plans.read(request, CUT);

    assertThat(read.plan()).isNull();
    assertThat(read.problems().stream().map(p -> p.what().replaceFirst(":.*", "")))
        .contains(
            "name",
            "cohort",
            "index",
            "split",
            "train",
            "seed",
            "format",
            "knownAt",
            "featureSet",
            "offset",
            "missing");
  }

  /** What a job keeps is read back as the same plan. */
  @Test
  void keepsItsRequestAsItWas() {
    TrainingPlan plan = plan(request("split", "time", "format", "csv"));
    KeptRequest kept = KeptRequest.read(KeptRequest.of(plan).write());

    assertThat(plans.read(kept.parameters(), CUT.plusSeconds(99)).plan()).isEqualTo(plan);
  }
}
