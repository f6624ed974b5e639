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
import java.util.function.BiConsumer;
import org.auscult.access.Requester;
import org.auscult.audit.AuditAction;
import org.auscult.audit.AuditEntry;
import org.auscult.audit.AuditKind;
import org.auscult.audit.AuditTrail;
import org.auscult.cohort.CohortCriteria;
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
import org.auscult.training.RowLayout;
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
 * same shard made anew has the same bytes. Each patient is read once, several at a time, and what
 * is made of them is written one after the other.
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
    try (Conveyor conveyor = Conveyor.ofProcessors()) {
      while (job.phase() != Phase.WHOLE) {
        if (job.phase() == Phase.MEMBERS) {
          members();
        } else {
          shard(conveyor);
        }
        job = tools.sets().find(job.id()).orElseThrow(TrainingSets.LostException::new);
      }
    }
    whole();
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
  private void shard(Conveyor conveyor) throws IOException {
    String kind = job.phase() == Phase.TARGET ? "T" : "C";
    SortedMap<Long, String> members =
        tools.sets().shard(job.id(), kind, job.shard(), tools.shard());
    if (members.isEmpty()) {
      next();
      return;
    }
    ShardPatients patients =
        new ShardPatients(
            conveyor, members, tools.access().barriers(starter, members.values()), this::read);
    ShardResult made = new ShardResult();
    switch (job.phase()) {
      case DAYS -> patients.each(needs(), counting(this::countDays, made), this::beat);
      case TARGET ->
          patients.each(targetCriteria().needs(), counting(this::countTarget, made), this::beat);
      default -> rows(patients, made);
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

  private Optional<PatientHistory> read(String patient, @Nullable List<Need> needs) {
    return tools.histories().read(patient, plan.cut(), needs);
  }

  private @Nullable List<Need> needs() {
    return maker == null ? List.of() : maker.needs();
  }

  /** Counts a patient by himself; in his turn it is added up. */
  private static ShardPatients.Step counting(
      BiConsumer<PatientHistory, Tally> count, ShardResult made) {
    return (place, history, later) -> {
      Tally tally = new Tally();
      count.accept(history, tally);
      later.accept(() -> made.tally().add(tally));
    };
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

  private void countDays(PatientHistory history, Tally tally) {
    Objects.requireNonNull(maker).countDays(history, tally);
  }

  private void countTarget(PatientHistory history, Tally tally) {
    if (isMember(targetCriteria(), history)) {
      RowMaker.countTarget(history, plan.cut(), plan.zone(), tally);
    }
  }

  private CohortCriteria targetCriteria() {
    return plan.target() == null ? CohortCriteria.NONE : plan.target().criteria();
  }

  /** As of the cut: where there are no index times, there is no other time. */
  private boolean isMember(CohortCriteria criteria, PatientHistory history) {
    return criteria.unmet(tools.evaluator(), history.snapshot(plan.cut(), plan.cut())).isEmpty();
  }

  private void rows(ShardPatients patients, ShardResult made) throws IOException {
    int shard = job.shard();
    tools.sets().whileHeld(job, holder, () -> tools.files().forget(job.id(), Phase.ROWS, shard));
    patients.countBarred(made.tally());
    record(patients);
    if (maker != null) {
      rows(maker, patients, made, shard);
    }
    if (plan.meds()) {
      events(patients, made, shard);
    }
  }

  private void rows(RowMaker rowMaker, ShardPatients patients, ShardResult made, int shard)
      throws IOException {
    RowLayout layout = plan.layout();
    Split.Days days = days(job.days());
    List<ShardTables> tables = new ArrayList<>();
    for (String format : new TreeSet<>(plan.formats())) {
      tables.add(
          new ShardTables(
              Objects.requireNonNull(FORMATS.get(format)),
              layout.columns(),
              shard,
              (name, media, rows, bytes) -> keep(shard, "rows/" + name, media, rows, bytes)));
    }
    patients.each(
        needs(),
        (place, history, later) -> {
          Tally tally = new Tally();
          EnumSet<Part> parts = EnumSet.noneOf(Part.class);
          boolean isIn =
              rowMaker.rows(
                  history,
                  days,
                  row -> {
                    parts.add(row.part());
                    List<@Nullable Object> cells = row.cells(layout);
                    later.accept(() -> add(row.part().code(), cells, tables));
                  },
                  tally);
          later.accept(
              () -> {
                made.tally().add(tally);
                if (isIn) {
                  made.parts().put(place, parts.size() == 1 ? parts.iterator().next() : null);
                }
              });
        },
        this::beat);
    for (ShardTables table : tables) {
      table.end();
    }
  }

  private static void add(String part, List<@Nullable Object> cells, List<ShardTables> tables)
      throws IOException {
    for (ShardTables table : tables) {
      table.add(part, cells);
      table.pause();
    }
  }

  private void events(ShardPatients patients, ShardResult made, int shard) throws IOException {
    SubjectSplit split = new SubjectSplit(plan.split(), plan.cut(), plan.zone());
    CohortCriteria criteria = plan.cohort().criteria();
    Set<Long> withRows = Set.copyOf(made.parts().keySet());
    Set<ResourceKind> kinds = kinds();
    ShardTables tables =
        new ShardTables(
            PARQUET,
            Meds.DATA,
            shard,
            (name, media, rows, bytes) -> keep(shard, "meds/data/" + name, media, rows, bytes));
    patients.each(
        null,
        (place, history, later) -> {
          if (!criteria.isEmpty() && maker != null && !withRows.contains(place)) {
            return;
          }
          boolean isMerged = history.isMergedBy(plan.cut());
          List<Meds.Event> events =
              isMerged ? List.of() : Meds.events(history, plan.cut(), plan.zone(), kinds);
          if (events.isEmpty()) {
            Exclusion why = isMerged ? Exclusion.MERGED : Exclusion.NOTHING_KNOWN;
            if (maker == null) {
              later.accept(() -> made.tally().add("excluded-patients/" + why.code()));
            }
            return;
          }
          if (maker == null && !isMember(criteria, history)) {
            later.accept(() -> made.tally().add("excluded-patients/" + Exclusion.CRITERIA.code()));
            return;
          }
          Part part = split.of(history);
          Tally tally = new Tally();
          tally.add("subjects/" + part.code());
          tally.add("events/" + part.code(), events.size());
          if (maker == null) {
            RowMaker.countCohort(history, plan.cut(), plan.zone(), tally);
          }
          long subject = Meds.subject(history.patient());
          later.accept(
              () -> {
                for (Meds.Event event : events) {
                  tables.add(Meds.split(part), event.cells(subject));
                  made.code(event.code(), event.description());
                }
                tables.pause();
                made.parts().put(place, part);
                made.tally().add(tally);
              });
        },
        this::beat);
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
  private void record(ShardPatients asked) {
    List<String> patients = asked.seen();
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
