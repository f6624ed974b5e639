package org.auscult.cds.hook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.entry;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.auscult.cds.CvdRisk;
import org.auscult.deployment.Deployment;
import org.auscult.deployment.Hook;
import org.auscult.deployment.ModelCard;
import org.auscult.deployment.OutputText;
import org.auscult.deployment.Recording;
import org.auscult.deployment.Thresholds;
import org.auscult.display.Audience;
import org.auscult.display.DisplayRules;
import org.auscult.display.FiringRate;
import org.auscult.display.Urgency;
import org.auscult.display.WithheldReason;
import org.auscult.timeline.AsOf;
import org.auscult.timeline.PatientTimeline;
import org.auscult.timeline.TimelineQuery;
import org.junit.jupiter.api.Test;

/**
 * Safety: 24. The example's patient, without the diabetes that another server tells of, has a risk
 * of 5.9 %.
 */
class FiringForecastTest {
  private final World world = new World();

  private FiringForecast forecast(double warning, DisplayRules display) {
    Deployment like = CvdRisk.deployment(PreventExample.MODEL);
    ModelCard card = like.models().get(0);
    Deployment deployment =
        new Deployment(
            "https://example.org/forecast",
            "1",
            "cvd-risk",
            List.of(Hook.PATIENT_VIEW),
            "t",
            "d",
            null,
            like.onFailure(),
            List.of(
                new ModelCard(
                    card.model(),
                    card.label(),
                    card.meaning(),
                    card.sourceUrl(),
                    List.of(new OutputText("total_cvd", "risk", new Thresholds(warning, 90))))),
            null,
            List.of(),
            display,
            Duration.ofSeconds(20),
            Recording.NEVER,
            null);
    return world.endpoint.forecast(deployment, Hook.PATIENT_VIEW);
  }

  /** The example's patient in our own record. */
  private PatientTimeline timeline(FiringForecast forecast) {
    CallBuilder example = CallBuilder.example();
    for (var key : example.call.path("prefetch")) {
      for (var one : key.has("entry") ? key.path("entry").findValues("resource") : List.of(key)) {
        world.record("own", one);
      }
    }
    return world
        .timeline
        .read(new TimelineQuery("own", AsOf.instant(World.NOW), forecast.needs()))
        .orElseThrow();
  }

  @Test
  void countsCardsAndWhatWouldBeWithheldByUser() {
    FiringForecast forecast =
        forecast(5, new DisplayRules(Audience.ALL, Duration.ofDays(7), null, null, null));
    PatientTimeline timeline = timeline(forecast);
    Instant first = World.NOW;
    forecast.play(new FiringForecast.Opening(first, "Practitioner/1", timeline, List.of()));
    forecast.play(
        new FiringForecast.Opening(
            first.plus(Duration.ofDays(1)), "Practitioner/1", timeline, List.of()));
    forecast.play(
        new FiringForecast.Opening(
            first.plus(Duration.ofDays(1)), "Practitioner/2", timeline, List.of()));

    assertThat(forecast.all().rate()).isEqualTo(new FiringRate(3, 2));
    assertThat(forecast.all().shown()).containsExactly(entry(Urgency.WARNING, 2L));
    assertThat(forecast.all().withheld()).containsExactly(entry(WithheldReason.UNCHANGED, 1L));
    assertThat(forecast.byUser().keySet())
        .containsExactlyInAnyOrder("Practitioner/1", "Practitioner/2");
    Firing one = Objects.requireNonNull(forecast.byUser().get("Practitioner/1"));
    assertThat(one.rate()).isEqualTo(new FiringRate(2, 1));
    assertThat(world.journal.entries).as("nothing is stored").isEmpty();
  }

  @Test
  void countsWhatLiesBelowTheThreshold() {
    FiringForecast forecast = forecast(50, DisplayRules.NONE);
    forecast.play(new FiringForecast.Opening(World.NOW, "unknown", timeline(forecast), List.of()));

    assertThat(forecast.all().rate()).isEqualTo(new FiringRate(1, 0));
    assertThat(forecast.all().withheld())
        .containsExactly(entry(WithheldReason.BELOW_THRESHOLD, 1L));
  }

  @Test
  void aCeilingCountsTheCallsOfTheWeekBefore() {
    FiringForecast forecast = forecast(5, new DisplayRules(Audience.ALL, null, null, null, 50));
    PatientTimeline timeline = timeline(forecast);
    for (int i = 0; i < 101; i++) {
      forecast.play(
          new FiringForecast.Opening(
              World.NOW.plusSeconds(i), "Practitioner/" + i, timeline, List.of()));
    }

    assertThat(forecast.all().rate())
        .as("after 100 calls with a card")
        .isEqualTo(new FiringRate(101, 100));
    assertThat(forecast.all().withheld()).containsExactly(entry(WithheldReason.CEILING, 1L));
    forecast.play(
        new FiringForecast.Opening(
            World.NOW.plus(Duration.ofDays(8)), "Practitioner/1", timeline, List.of()));
    assertThat(forecast.all().rate()).as("a week later").isEqualTo(new FiringRate(102, 101));
  }

  @Test
  void playsForwardsOnly() {
    FiringForecast forecast = forecast(5, DisplayRules.NONE);
    PatientTimeline timeline = timeline(forecast);
    forecast.play(new FiringForecast.Opening(World.NOW, "u", timeline, List.of()));

    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                forecast.play(
                    new FiringForecast.Opening(
                        World.NOW.minusMillis(1), "u", timeline, List.of())));
  }
}
