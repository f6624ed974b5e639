package org.auscult.feature.life;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.auscult.feature.FeatureDefinition;
import org.auscult.feature.Lookback;
import org.auscult.feature.MissingPolicy;
import org.auscult.feature.Operator;
import org.auscult.feature.Selection;
import org.auscult.feature.Window;
import org.auscult.timeline.Code;
import org.auscult.timeline.ResourceKind;
import org.junit.jupiter.api.Test;

class InWordsTest {
  private static final Lookback DAY = new Lookback(24, Lookback.Unit.HOUR);

  @Test
  void saysAWindowWithItsEnds() {
    assertThat(InWords.window(Window.of(DAY)))
        .isEqualTo("from 24 hours before the index time to the index time");
    assertThat(InWords.window(Window.WHOLE_RECORD))
        .isEqualTo("from the beginning of the record to the index time");
    assertThat(
            InWords.window(
                new Window(
                    new Window.Before(DAY), true, new Lookback(1, Lookback.Unit.HOUR), false)))
        .isEqualTo(
            "from 24 hours before the index time to 1 hour before the index time; the start"
                + " counts, the end does not count");
    assertThat(
            InWords.window(
                Window.since(new Window.EncounterStart(Set.of(new Code("urn:c", "IMP"))))))
        .isEqualTo("from the start of the open encounter of class IMP to the index time");
    assertThat(InWords.window(Window.since(new Window.SinceFeature("surgery"))))
        .startsWith("from the time of surgery ");
    assertThat(InWords.window(Window.since(new Window.CalendarStart(Window.Calendar.MONTH))))
        .startsWith("from the start of the month ");
  }

  @Test
  void saysWhatADefinitionDoes() {
    FeatureDefinition definition =
        FeatureDefinition.of(
                "urn:f",
                "pulse",
                Operator.MEAN,
                Selection.of(ResourceKind.OBSERVATION, List.of(new Code("urn:c", "1"))),
                "/min")
            .withWindow(Window.of(DAY))
            .withMissing(
                new MissingPolicy.CarryForward(
                    new Lookback(2, Lookback.Unit.DAY), new MissingPolicy.Refuse()));

    assertThat(InWords.of(definition))
        .contains(
            new InWords.Line("Value", "the mean of the values"),
            new InWords.Line("Reads", "Observation"),
            new InWords.Line("Only", "nothing that a model wrote"),
            new InWords.Line("Unit", "/min"),
            new InWords.Line(
                "Without a value",
                "the last value before the window, if it is no older than 2 days; otherwise there"
                    + " is no vector at all"));
  }
}
