package org.auscult.server.training;

import java.io.IOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;
import org.auscult.access.Requester;
import org.auscult.access.fhir.AccessSessions.Barrier;
import org.auscult.audit.AuditAction;
import org.auscult.audit.AuditEntry;
import org.auscult.audit.AuditKind;
import org.auscult.audit.AuditTrail;
import org.auscult.feature.FeatureEvaluator;
import org.auscult.server.timeline.TimelineHistories;
import org.auscult.server.training.TrainingJob.Phase;
import org.auscult.timeline.ResourceKind;
import org.auscult.timeline.TimelineQuery.Need;
import org.auscult.training.CsvFormat;
import org.auscult.training.Exclusion;
import org.auscult.training.Meds;
import org.auscult.training.NdjsonFormat;
import org.auscult.training.Part;
import org.auscult.training.PatientHistory;
import org.auscult.training.RowMaker;
import org.auscult.training.Split;
import org.auscult.training.SubjectSplit;
import org.auscult.training.TableFormat;
import org.auscult.training.Tally;
import org.jspecify.annotations.Nullable;

/**
 * Makes one data set, from wherever an earlier try came to.
 *
 * <p>Idea: the cohort is written down once, sorted, and cut into shards of equally many patients. A
 * shard's files, counts and progress are committed together, so what is committed is whole, and the
 * same shard made anew has the same bytes. Patients are read one after the other, each once.
 *
 * <p>Who may not be seen by the starter now is left out now, whatever was allowed at the start; and
 * each shard has a leaf in the audit log before its files are there.
 */
final class TrainingRun {
  /** Patients of a shard, on a server. */
  static final int SHARD = 200;

  private static final TableFormat PARQUET = new ParquetFormat();
  private static final Map<String, TableFormat> FORMATS =
      Map.of("parquet", PARQUET, "csv", new CsvFormat(), "ndjson", new NdjsonFormat());
  private static final long BEAT = TrainingSets.LEASE.toNanos() / 6;

  /**
   * What it works with.
   *
   * @param shard patients of a shard: part of how files are cut, and so of their bytes
   */
  record Tools(
      TrainingSets sets,
      TrainingFiles files,
      TimelineHistories histories,
      FeatureEvaluator evaluator,
      RunPorts.Sight access,
      AuditTrail audit,
      RunPorts.Members cohorts,
      RunPorts.Snapshots resources,
      int shard) {}

  private final Tools tools;
  private final TrainingPlan plan;
  private final Requester starter;
  private final String holder;
  private final @Nullable RowMaker maker;
  private TrainingJob job;
  private long lastBeat = System.nanoTime();

  TrainingRun(Tools tools, TrainingPlan plan, TrainingJob job, String holder) {
    this.tools = tools;
    this.plan = plan;
    this.job = job;
    this.holder = holder;
    this.starter = Starter.read(job.starter());
    this.maker = plan.hasRows() ? new RowMaker(plan.rules(), tools.evaluator()) : null;
  }

  /**
   * Goes on until it is done.
   *
   * @throws TrainingSets.LostException if another node has it now, or it was cancelled
   */
  void run() throws IOException {
    boolean isOver = false;
    while (!isOver) {
      switch (job.phase()) {
        case MEMBERS -> members();
        case DAYS, TARGET, ROWS -> shard();
        case WHOLE -> {
          whole();
          isOver = true;
        }
      }
      if (!isOver) {
        job = tools.sets().find(job.id()).orElseThrow(TrainingSets.LostException::new);
      }
    }
  }

  private boolean needsDays() {
    return plan.split().by() == Split.By.TIME;
  }

  private void members() {
    tools
        .sets()
        .members(
            job,
            holder,
            tools.cohorts().patients(plan.cohort()).orElse(null),
            plan.target() == null
                ? new TreeSet<>()
                : tools.cohorts().patients(plan.target()).orElse(null),
            needsDays() ? 2 : 1);
    tools.sets().begin(job, holder, needsDays() ? Phase.DAYS : Phase.TARGET, null);
  }

  /** The next shard of the phase; after the last one, the next phase. */
  private void shard() throws IOException {
    String kind = job.phase() == Phase.TARGET ? "T" : "C";
    SortedMap<Long, String> members =
        tools.sets().shard(job.id(), kind, job.shard(), tools.shard());
    if (members.isEmpty()) {
      next();
      return;
    }
    Map<String, Barrier> barriers = tools.access().barriers(starter, members.values());
    ShardResult made = new ShardResult();
    switch (job.phase()) {
      case DAYS -> each(members, barriers, made, needs(), this::countDays);
      case TARGET -> each(members, barriers, made, List.of(), this::countTarget);
      default -> rows(members, barriers, made);
    }
    tools
        .sets()
        .finish(
            job,
            holder,
            job.phase(),
            job.shard(),
            new TrainingSets.Finished(
                members.size(), made.tally(), plan.meds() ? made.codes() : null, made.parts()));
  }

  private void next() {
    switch (job.phase()) {
      case DAYS -> {
        Split.Days days =
            plan.split().days(RowMaker.days(tools.sets().tally(job.id(), Phase.DAYS)));
        tools.sets().begin(job, holder, Phase.TARGET, write(days));
      }
      case TARGET -> tools.sets().begin(job, holder, Phase.ROWS, null);
      default -> tools.sets().begin(job, holder, Phase.WHOLE, null);
    }
  }

  private static String write(Split.Days days) {
    return days.validation() + " " + days.test();
  }

  /** What {@link #write} wrote. */
  static Split.@Nullable Days days(@Nullable String text) {
    if (text == null) {
      return null;
    }
    String[] days = text.split(" ", 2);
    return new Split.Days(day(days[0]), day(days[1]));
  }

  private static @Nullable LocalDate day(String text) {
    return text.equals("null") ? null : LocalDate.parse(text);
  }

  private @Nullable List<Need> needs() {
    return maker == null ? List.of() : maker.needs();
  }

  /** Does something with a patient. */
  private interface Step {
    void take(long place, PatientHistory history, ShardResult made) throws IOException;
  }

  private void each(
      SortedMap<Long, String> members,
      Map<String, Barrier> barriers,
      ShardResult made,
      @Nullable List<Need> needs,
      Step step)
      throws IOException {
    for (Map.Entry<Long, String> member : members.entrySet()) {
      beat();
      Optional<PatientHistory> history =
          barriers.get(member.getValue()) == Barrier.NONE
              ? tools.histories().read(member.getValue(), plan.cut(), needs)
              : Optional.empty();
      if (history.isPresent()) {
        step.take(member.getKey(), history.get(), made);
      }
    }
  }

  /** Prolongs the lease now and then; and learns so that the job was cancelled. */
  private void beat() {
    if (Thread.currentThread().isInterrupted()) {
      throw new StoppedException();
    }
    if (System.nanoTime() - lastBeat > BEAT) {
      tools.sets().prolong(job.id(), holder);
      lastBeat = System.nanoTime();
    }
  }

  /** This node is being stopped. */
  static final class StoppedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    StoppedException() {
      super("This node is being stopped");
    }
  }

  private void countDays(long place, PatientHistory history, ShardResult made) {
    Objects.requireNonNull(maker).countDays(history, made.tally());
  }

  private void countTarget(long place, PatientHistory history, ShardResult made) {
    RowMaker.countTarget(history, plan.cut(), plan.zone(), made.tally());
  }

  private void rows(
      SortedMap<Long, String> members, Map<String, Barrier> barriers, ShardResult made)
      throws IOException {
    int shard = job.shard();
    tools.sets().whileHeld(job, holder, () -> tools.files().forget(job.id(), Phase.ROWS, shard));
    for (String patient : members.values()) {
      Barrier barrier = Objects.requireNonNull(barriers.get(patient));
      // Who is out of reach is not counted either: the number would tell of them.
      switch (barrier) {
        case CONSENT -> made.tally().add("excluded-patients/" + Exclusion.CONSENT.code());
        case PROTECTION -> made.tally().add("excluded-patients/" + Exclusion.PROTECTION.code());
        case NONE, ELSEWHERE -> {}
      }
    }
    record(members, barriers);
    if (maker != null) {
      List<ShardTables> tables = new ArrayList<>();
      for (String format : new TreeSet<>(plan.formats())) {
        tables.add(
            new ShardTables(
                Objects.requireNonNull(FORMATS.get(format)),
                plan.layout().columns(),
                shard,
                (name, media, rows, bytes) -> keep(shard, "rows/" + name, media, rows, bytes)));
      }
      each(
          members, barriers, made, needs(), (place, history, m) -> rows(place, history, m, tables));
      for (ShardTables table : tables) {
        table.end();
      }
    }
    if (plan.meds()) {
      events(members, barriers, made, shard);
    }
  }

  private void rows(long place, PatientHistory history, ShardResult made, List<ShardTables> tables)
      throws IOException {
    EnumSet<Part> parts = EnumSet.noneOf(Part.class);
    boolean isIn =
        Objects.requireNonNull(maker)
            .rows(
                history,
                days(job.days()),
                row -> {
                  beat();
                  parts.add(row.part());
                  for (ShardTables table : tables) {
                    table.add(row.part().code(), row.cells(plan.layout()));
                    table.pause();
                  }
                },
                made.tally());
    if (isIn) {
      made.parts().put(place, parts.size() == 1 ? parts.iterator().next() : null);
    }
  }

  private void events(
      SortedMap<Long, String> members, Map<String, Barrier> barriers, ShardResult made, int shard)
      throws IOException {
    SubjectSplit split = new SubjectSplit(plan.split(), plan.cut(), plan.zone());
    Set<ResourceKind> kinds = kinds();
    ShardTables tables =
        new ShardTables(
            PARQUET,
            Meds.DATA,
            shard,
            (name, media, rows, bytes) -> keep(shard, "meds/data/" + name, media, rows, bytes));
    each(
        members,
        barriers,
        made,
        null,
        (place, history, m) -> {
          if (history.isMergedBy(plan.cut())) {
            if (maker == null) {
              m.tally().add("excluded-patients/" + Exclusion.MERGED.code());
            }
            return;
          }
          List<Meds.Event> events = Meds.events(history, plan.cut(), plan.zone(), kinds);
          if (events.isEmpty()) {
            if (maker == null) {
              m.tally().add("excluded-patients/" + Exclusion.NOTHING_KNOWN.code());
            }
            return;
          }
          Part part = split.of(history);
          long subject = Meds.subject(history.patient());
          for (Meds.Event event : events) {
            tables.add(Meds.split(part), event.cells(subject));
            m.code(event.code(), event.description());
          }
          tables.pause();
          m.parts().put(place, part);
          m.tally().add("subjects/" + part.code());
          m.tally().add("events/" + part.code(), events.size());
          if (maker == null) {
            RowMaker.countCohort(history, plan.cut(), plan.zone(), m.tally());
          }
        });
    tables.end();
  }

  /** Of which the starter may read everything. */
  private Set<ResourceKind> kinds() {
    EnumSet<ResourceKind> kinds = EnumSet.noneOf(ResourceKind.class);
    for (ResourceKind kind : ResourceKind.values()) {
      if (tools.access().mayRead(starter, kind.fhirType())) {
        kinds.add(kind);
      }
    }
    return kinds;
  }

  private void keep(int shard, String name, String media, long rows, byte[] bytes) {
    tools
        .sets()
        .whileHeld(
            job,
            holder,
            () -> tools.files().add(job.id(), Phase.ROWS, shard, name, media, rows, bytes));
    lastBeat = System.nanoTime();
  }

  /** Whose data are about to leave their records. */
  private void record(SortedMap<Long, String> members, Map<String, Barrier> barriers) {
    List<String> patients =
        members.values().stream().filter(p -> barriers.get(p) == Barrier.NONE).toList();
    if (!patients.isEmpty()) {
      tools
          .audit()
          .record(
              AuditEntry.of(AuditKind.EXPORT, AuditAction.READ, "$training-set")
                  .by(Starter.agent(starter))
                  .at(List.copyOf(new TreeSet<>(starter.sites())))
                  .request(job.id())
                  .patients(patients)
                  .detail("dataSet", job.name() + "|" + job.version())
                  .detail("shard", String.valueOf(job.shard()))
                  .build());
    }
  }

  private void whole() throws IOException {
    tools.sets().whileHeld(job, holder, () -> tools.files().forget(job.id(), Phase.WHOLE, 0));
    if (plan.meds()) {
      if (tools.sets().hasDoubledSubject(job.id())) {
        throw new IllegalStateException("Two patients have one subject_id");
      }
      new MedsMetadata(tools, plan, job, holder).write();
    }
    Tally tally = tools.sets().tally(job.id(), Phase.ROWS);
    tally.add(tools.sets().tally(job.id(), Phase.TARGET));
    String manifest =
        TrainingManifest.write(
            job, plan, starter, tally, tools.files().all(job.id()), tools.shard());
    tools.resources().store(job, plan, starter, manifest, tally);
    tools.sets().done(job, holder, manifest);
  }
}
