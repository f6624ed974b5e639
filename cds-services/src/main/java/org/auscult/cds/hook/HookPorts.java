package org.auscult.cds.hook;

import java.util.Objects;
import org.auscult.cds.LocalPatients;
import org.auscult.cds.caller.CallerRecord;
import org.auscult.model.ModelCatalog;
import org.auscult.prediction.PredictionJournal;
import org.auscult.timeline.TimelineReader;

/** What the hooks reach outside for. */
public record HookPorts(
    ModelCatalog models,
    TimelineReader timeline,
    LocalPatients localPatients,
    PredictionJournal journal,
    CallerRecord callers) {
  public HookPorts {
    Objects.requireNonNull(models);
    Objects.requireNonNull(timeline);
    Objects.requireNonNull(localPatients);
    Objects.requireNonNull(journal);
    Objects.requireNonNull(callers);
  }

  /** The same, for a site that reads no caller's server. */
  public HookPorts(
      ModelCatalog models,
      TimelineReader timeline,
      LocalPatients localPatients,
      PredictionJournal journal) {
    this(models, timeline, localPatients, journal, CallerRecord.NONE);
  }
}
