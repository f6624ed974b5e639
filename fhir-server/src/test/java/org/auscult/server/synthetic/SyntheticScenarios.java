package org.auscult.server.synthetic;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import java.lang.reflect.Proxy;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.function.Function;
import javax.sql.DataSource;
import org.auscult.cds.LocalPatients;
import org.auscult.cds.hook.HookSettings;
import org.auscult.deployment.DeploymentCatalog;
import org.auscult.model.ModelCatalog;
import org.auscult.monitoring.finding.FindingKind;
import org.auscult.order.OrderRulesCatalog;
import org.auscult.order.check.OrderCheckService;
import org.auscult.prediction.DisplayHistory;
import org.auscult.prediction.PredictionService;
import org.auscult.server.alert.IssueKey;
import org.auscult.server.alert.MonitoringIssues;
import org.auscult.server.journal.JdbcPredictionJournal;
import org.auscult.server.journal.JournalLeaves;
import org.auscult.server.synthetic.SyntheticCalls.Service;
import org.auscult.server.synthetic.SyntheticRows.Row;
import org.auscult.timeline.TimelineReader;
import org.auscult.unit.CodeUnits;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;

/** What holds of synthetic requests on either database. */
final class SyntheticScenarios {
  private static final String PREVENT = "https://auscult.org/fhir/Library/prevent-2023|1.0.0";

  private final JdbcTemplate jdbc;
  private final SyntheticRows rows;
  private final MonitoringIssues issues;
  private final Function<JdbcPredictionJournal, SyntheticCalls> calls;
  private final DataSource dataSource;

  /** Some hours back: the services go by the real clock, and know nothing that comes later. */
  private Instant now = Instant.now().minus(Duration.ofHours(8));

  SyntheticScenarios(ApplicationContext context) {
    this.dataSource = context.getBean(DataSource.class);
    this.jdbc = new JdbcTemplate(dataSource);
    this.rows = new SyntheticRows(jdbc);
    this.issues = context.getBean(MonitoringIssues.class);
    this.calls =
        journal ->
            new SyntheticConfiguration()
                .syntheticCalls(
                    context.getBean(ModelCatalog.class),
                    context.getBean(TimelineReader.class),
                    context.getBean(LocalPatients.class),
                    journal,
                    context.getBean(DisplayHistory.class),
                    context.getBean(OrderRulesCatalog.class),
                    context.getBean(DeploymentCatalog.class),
                    context.getBean(PredictionService.class),
                    context.getBean(OrderCheckService.class),
                    context.getBean("modelThreads", ThreadPoolExecutor.class),
                    context.getBean(CodeUnits.class),
                    context.getBean(HookSettings.class),
                    context.getBean(FhirContext.class));
  }

  void takeBack() {
    jdbc.update("delete from synthetic_call");
  }

  private void look(DataSource of) {
    new SyntheticRound(
            calls.apply(new JdbcPredictionJournal(of, JournalLeaves.NONE, () -> {})),
            rows,
            issues,
            Duration.ofHours(1))
        .run(now, () -> true);
    now = now.plus(Duration.ofHours(1));
  }

  /** Each service on offer is answered with numbers, and nothing of it stays. */
  void everyServiceIsAsked() {
    long before = entries();
    look(dataSource);
    List<Row> first = rows.all();
    assertThat(first)
        .isNotEmpty()
        .allSatisfy(
            row -> {
              assertThat(row.isSound()).as(row.service()).isTrue();
              assertThat(row.isOffered()).isTrue();
              assertThat(row.scores()).as(row.service()).isNotEmpty();
            })
        .anySatisfy(row -> assertThat(row.scores()).containsKey(PREVENT + " total_cvd"))
        .anySatisfy(row -> assertThat(row.hook()).startsWith("order-"));
    assertThat(entries()).isEqualTo(before);

    look(dataSource);
    assertThat(rows.all())
        .usingRecursiveComparison()
        .ignoringFields("askedAt", "millis")
        .isEqualTo(first);
    assertThat(rows.all()).extracting(Row::askedAt).doesNotContain(first.get(0).askedAt());
  }

  private long entries() {
    Long count =
        jdbc.queryForObject(
            "select count(*) from prediction_journal where subject_origin like '%synthetic%'",
            Long.class);
    return count == null ? -1 : count;
  }

  /** Not before the hour is over. */
  void nobodyIsAskedTwiceInAnHour() {
    look(dataSource);
    List<Row> first = rows.all();
    now = now.minus(Duration.ofMinutes(1));
    look(dataSource);
    assertThat(rows.all()).isEqualTo(first);
  }

  /** Another number of the same patient is told, and so is one that is no longer there. */
  void anotherNumberIsTold() {
    look(dataSource);
    Row row = of(PREVENT);
    SortedMap<String, Double> other = new TreeMap<>(row.scores());
    other.computeIfPresent(PREVENT + " total_cvd", (k, v) -> v + 0.01);
    SortedMap<String, Double> more = new TreeMap<>(row.scores());
    more.put(PREVENT + " gone", 0.5);
    for (SortedMap<String, Double> before : List.of(other, more)) {
      rows.keep(with(row, before));
      look(dataSource);
      IssueKey key =
          SyntheticRound.changedKey(new Service(row.service(), row.hook(), Map.of()), PREVENT);
      assertThat(isOpen(key)).isTrue();
      assertThat(of(PREVENT).isSound()).isFalse();
      rows.keep(with(of(PREVENT), row.scores()));
      look(dataSource);
      assertThat(isOpen(key)).isFalse();
      assertThat(of(PREVENT).isSound()).isTrue();
    }
  }

  /** A model that two services ask: what one of them finds, the other one does not close. */
  void whatOneServiceFindsStandsForItself() {
    look(dataSource);
    List<Row> asking =
        rows.all().stream().filter(row -> row.service().equals("kidney-order-check")).toList();
    assertThat(asking).hasSizeGreaterThan(1);
    Row row = asking.get(0);
    SortedMap<String, Double> other = new TreeMap<>(row.scores());
    String score = other.firstKey();
    other.compute(score, (k, v) -> 0.999);
    rows.keep(with(row, other));
    look(dataSource);
    IssueKey key =
        SyntheticRound.changedKey(
            new Service(row.service(), row.hook(), Map.of()),
            score.substring(0, score.lastIndexOf(' ')));
    assertThat(isOpen(key)).isTrue();
    rows.keep(with(row, row.scores()));
    look(dataSource);
    assertThat(isOpen(key)).isFalse();
  }

  /** Where nothing can be stored nothing is shown: that is told, until it works again. */
  void whatCannotBeStoredIsTold() {
    look(dataSource);
    Row row = of(PREVENT);
    IssueKey key =
        new IssueKey(
            FindingKind.SYNTHETIC_REQUEST,
            SyntheticRound.FAILS,
            row.service() + " " + row.hook(),
            "");
    look(broken());
    assertThat(isOpen(key)).isTrue();
    assertThat(rows.all()).noneMatch(Row::isSound);
    look(dataSource);
    assertThat(isOpen(key)).isFalse();
    assertThat(rows.all()).allMatch(Row::isSound);
  }

  private Row of(String model) {
    return rows.all().stream()
        .filter(row -> row.scores().containsKey(model + " total_cvd"))
        .findFirst()
        .orElseThrow();
  }

  private static Row with(Row row, Map<String, Double> scores) {
    return new Row(
        row.service(),
        row.hook(),
        row.request(),
        new TreeMap<>(scores),
        row.askedAt(),
        row.isOffered(),
        row.isSound(),
        row.millis());
  }

  private boolean isOpen(IssueKey key) {
    Long open =
        jdbc.queryForObject(
            "select count(*) from alert_issue where id = ? and closed_at is null",
            Long.class,
            key.id());
    return open != null && open == 1;
  }

  private static DataSource broken() {
    return (DataSource)
        Proxy.newProxyInstance(
            DataSource.class.getClassLoader(),
            new Class<?>[] {DataSource.class},
            (proxy, method, arguments) -> {
              throw new SQLException("out of order");
            });
  }
}
