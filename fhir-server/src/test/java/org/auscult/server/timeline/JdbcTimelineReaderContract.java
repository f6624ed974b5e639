package org.auscult.server.timeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.auscult.timeline.FactBuilder.fact;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.sql.DataSource;
import org.auscult.server.config.Database.Vendor;
import org.auscult.timeline.AsOf;
import org.auscult.timeline.Circumstances;
import org.auscult.timeline.Code;
import org.auscult.timeline.Comparator;
import org.auscult.timeline.Fact;
import org.auscult.timeline.FactContext;
import org.auscult.timeline.FactContext.Author;
import org.auscult.timeline.FactValue;
import org.auscult.timeline.PatientTimeline;
import org.auscult.timeline.Quantity;
import org.auscult.timeline.References;
import org.auscult.timeline.ResourceKind;
import org.auscult.timeline.TimelineQuery;
import org.auscult.timeline.TimelineQuery.Need;
import org.auscult.timeline.TimelineReader;
import org.auscult.timeline.TimelineReaderContract;
import org.auscult.timeline.fhir.FactProjector;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * The reader of our tables does what every timeline reader does, on every database, and so does the
 * one that keeps what it read: it is asked each question twice.
 */
abstract class JdbcTimelineReaderContract extends TimelineReaderContract {
  private final DataSource source;
  private final JdbcTemplate jdbc;

  private final CircumstancesRows circumstances;

  JdbcTimelineReaderContract(DataSource source, Vendor vendor) {
    this.source = source;
    this.jdbc = new JdbcTemplate(source);
    this.circumstances = new CircumstancesRows(jdbc, vendor);
  }

  static void migrate(DataSource source, Vendor vendor) {
    Flyway.configure().dataSource(source).locations(vendor.migrations()).load().migrate();
  }

  @BeforeEach
  void empty() {
    jdbc.update("delete from clinical_fact");
    circumstances.eraseAll();
    jdbc.update("delete from patient_epoch");
  }

  @Override
  protected TimelineReader reader() {
    JdbcTimelineReader database = new JdbcTimelineReader(jdbc);
    CachedTimelineReader cached = new CachedTimelineReader(database, 1000);
    return query -> {
      Optional<PatientTimeline> read = database.read(query);
      assertThat(cached.read(query)).isEqualTo(read);
      assertThat(cached.read(query)).isEqualTo(read);
      return read;
    };
  }

  /** Each epoch of the patient adds one fact; so whoever sees fewer sees what is past. */
  @Test
  void nodesThatKeepWhatTheyReadAreNeverStale() throws Exception {
    new CachedReaderChase(source).run();
  }

  @Override
  protected void given(String patient, long epoch, List<Fact> rows) {
    jdbc.update(
        "insert into patient_epoch (patient, epoch, projection) values (?, ?, ?)",
        patient,
        epoch,
        FactProjector.VERSION);
    circumstances.keep(rows);
    for (Fact row : rows) {
      jdbc.batchUpdate(FactRows.INSERT, FactRows.of(row, patient));
    }
  }

  /** Rows of before an update say nothing of what it brought: their silence is no absence. */
  @Test
  void whatAnEarlierProjectionStatedIsNoCompleteSearchForMore() {
    given("p", 1, List.of(fact().build()));
    jdbc.update("update patient_epoch set projection = 1");
    Set<Code> codes = Set.of(Code.loinc("8480-6"));
    AsOf now = AsOf.current(Instant.parse("2024-03-01T12:00:00Z"));
    Need early = new Need(ResourceKind.OBSERVATION, codes, null);
    Need late = new Need(ResourceKind.OBSERVATION, codes, null, 2, false);
    assertThat(reader().read(new TimelineQuery("p", now, List.of(early))).orElseThrow().complete())
        .containsExactly(ResourceKind.OBSERVATION);
    assertThat(
            reader()
                .read(new TimelineQuery("p", now, List.of(early, late)))
                .orElseThrow()
                .complete())
        .isEmpty();
  }

  /** The marks between the fields of a packed row may stand in a text, too. */
  @Test
  void givesTextsBackWhateverTheyBear() {
    List<String> odd =
        List.of("\u001f", "a\u001eb", "\u001b", "\u001bn", "\u001bu\u001fr", "", "ö 7");
    List<Fact> facts = new ArrayList<>();
    for (int i = 0; i < odd.size(); i++) {
      String text = odd.get(i);
      facts.add(
          fact()
              .id(Integer.toString(i))
              .codes(Code.loinc("8480-6"), Code.of("urn:odd" + text, "x" + text))
              .display(text)
              .value(
                  new FactValue.Measured(
                      Quantity.of("7.10", text), Quantity.of("7.1", text + "/L"), Comparator.NONE))
              .context(
                  new FactContext(
                      text, text, text.isEmpty() ? null : text, text, text, Author.RECORD))
              .build());
    }
    given("p", 1, facts);
    assertThat(
            reader()
                .read(
                    new TimelineQuery(
                        "p",
                        AsOf.current(Instant.parse("2024-03-01T12:00:00Z")),
                        List.of(
                            new Need(
                                ResourceKind.OBSERVATION, Set.of(Code.loinc("8480-6")), null))))
                .orElseThrow()
                .facts())
        .containsExactlyInAnyOrderElementsOf(facts);
  }

  @Test
  void circumstancesAreReadOnlyWhereTheyAreAskedFor() {
    Circumstances by =
        new Circumstances(
            List.of(new Code(References.SYSTEM, "Practitioner/1")),
            List.of(),
            List.of(),
            List.of());
    Fact fact = fact().context(FactContext.of("final").withCircumstances(by)).build();
    given("p", 1, List.of(fact));
    Need plain = new Need(ResourceKind.OBSERVATION, Set.of(Code.loinc("8480-6")), null, 2, false);
    AsOf now = AsOf.current(Instant.parse("2024-03-01T12:00:00Z"));
    assertThat(reader().read(new TimelineQuery("p", now, List.of(plain))).orElseThrow().facts())
        .extracting(f -> f.context().circumstances())
        .containsExactly(Circumstances.NONE);
  }
}
