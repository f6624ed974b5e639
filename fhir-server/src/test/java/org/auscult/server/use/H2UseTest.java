package org.auscult.server.use;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.UUID;
import org.auscult.prediction.CardId;
import org.auscult.server.OpenedChart;
import org.auscult.server.ServerTest;
import org.auscult.server.config.AuscultSettings;
import org.auscult.server.journal.Materialiser;
import org.auscult.server.report.StoredReports;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;

class H2UseTest extends ServerTest {
  @Autowired private JdbcTemplate jdbc;
  @Autowired private UseRound round;
  @Autowired private StoredReports stored;
  @Autowired private StoredUse told;
  @Autowired private Materialiser materialiser;
  @Autowired private AuscultSettings settings;
  private UseScenarios scenarios;

  @BeforeEach
  void begin() {
    scenarios = new UseScenarios(client(), jdbc, round, settings.zone());
    scenarios.forget();
  }

  @AfterEach
  void forget() {
    scenarios.forget();
  }

  /** Safety: 25, 30. */
  @Test
  void aWindowTellsOfItsCalls() {
    scenarios.aWindowTellsOfItsCalls();
  }

  @Test
  void aDeploymentIsASeriesOfWindows() {
    scenarios.aDeploymentIsASeriesOfWindows(stored);
  }

  @Test
  void aReportIsToldOnPages() {
    scenarios.aReportIsToldOnPages(told);
  }

  @Test
  void anyStretchOfTimeIsTold() {
    scenarios.anyStretchOfTimeIsTold();
  }

  @Test
  void nothingIsWrittenTwiceAndTheLastAnswerCounts() {
    scenarios.nothingIsWrittenTwiceAndTheLastAnswerCounts();
  }

  @Test
  void aCardThatWasShownAndAnsweredIsKept() throws Exception {
    OpenedChart chart = new OpenedChart(caller(), "p-" + UUID.randomUUID());
    UUID card = chart.call(UUID.randomUUID());
    String answer =
        """
        {"feedback":[{"card":"%s","outcome":"overridden","outcomeTimestamp":"2024-05-03T10:00:00Z",
         "overrideReason":{"reason":{"code":"other","system":"s"}}}]}
        """
            .formatted(card);
    assertThat(chart.post("/feedback", answer).statusCode()).isEqualTo(200);
    // The loop may have them in hand: by id, it is waited for.
    materialiser.materialise(CardId.journal(card));
    jdbc.queryForList(
            "select id from prediction_feedback where journal_id = ?",
            String.class,
            CardId.journal(card).toString())
        .forEach(id -> materialiser.materialiseAnswer(UUID.fromString(id)));
    round.run(Instant.now(), () -> true);

    String call = CardId.journal(card).toString();
    assertThat(
            jdbc.queryForMap(
                "select deployment, traits from deployment_call where journal_id = ?", call))
        .satisfies(
            row ->
                assertThat(row.values().toString())
                    .contains("PlanDefinition/cvd-risk|")
                    .contains("\"hook\":\"patient-view\""));
    assertThat(
            jdbc.queryForMap(
                "select withheld, suggests from decided_card where card = ?", card.toString()))
        .containsEntry("withheld", null)
        .containsEntry("suggests", false);
    assertThat(
            jdbc.queryForMap(
                "select outcome, reason from card_answer where card = ?", card.toString()))
        .containsEntry("outcome", "OVERRIDDEN")
        .containsEntry("reason", "s|other");
  }
}
