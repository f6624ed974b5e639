package org.auscult.server.performance;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.auscult.feature.FeatureValue;
import org.auscult.feature.FeatureVector;
import org.auscult.prediction.ModelRun;
import org.auscult.prediction.PredictionJournal;
import org.auscult.server.timeline.InputDevices;

/** What a prediction was made of, as the journal keeps it. */
final class PredictionInputs {
  /** Ids are those of labels: of the journal's entry, the run and the output. */
  private static final Pattern ID = Pattern.compile("([0-9a-f-]{36})\\.(\\d{1,6})\\.label\\.\\d+");

  private final PredictionJournal journal;
  private final InputDevices devices;

  PredictionInputs(PredictionJournal journal, InputDevices devices) {
    this.journal = journal;
    this.devices = devices;
  }

  /**
   * With what the newest input came about that tells it.
   *
   * @param id of a monitored prediction
   * @return a device, or else a method; empty if no input tells any
   */
  Optional<String> device(String id) {
    return devices.newest(evidence(id));
  }

  private List<String> evidence(String id) {
    Matcher parts = ID.matcher(id);
    if (!parts.matches()) {
      return List.of();
    }
    int index = Integer.parseInt(parts.group(2));
    return journal.find(UUID.fromString(parts.group(1))).stream()
        .flatMap(entry -> entry.runs().stream())
        .filter(run -> run.index() == index)
        .map(ModelRun::vector)
        .flatMap(vector -> vector.entries().stream())
        .flatMap(PredictionInputs::evidence)
        .distinct()
        .toList();
  }

  private static Stream<String> evidence(FeatureVector.Entry entry) {
    return entry.value() instanceof FeatureValue.Present present
        ? present.evidence().stream()
        : Stream.empty();
  }
}
