package org.auscult.cds.hook;

import java.util.Objects;
import java.util.Optional;
import org.auscult.cds.LocalPatients;
import org.auscult.cds.caller.CallerRecord;
import org.auscult.model.ModelCatalog;
import org.auscult.order.OrderRulesCatalog;
import org.auscult.prediction.DisplayHistory;
import org.auscult.prediction.PredictionJournal;
import org.auscult.timeline.TimelineReader;

/** What the hooks reach outside for. */
public record HookPorts(
    ModelCatalog models,
    TimelineReader timeline,
    LocalPatients localPatients,
    PredictionJournal journal,
    DisplayHistory history,
    CallerRecord callers,
    UserRoles roles,
    Disclosure disclosure,
    OrderRulesCatalog orderRules) {
  public HookPorts {
    Objects.requireNonNull(models);
    Objects.requireNonNull(timeline);
    Objects.requireNonNull(localPatients);
    Objects.requireNonNull(journal);
    Objects.requireNonNull(history);
    Objects.requireNonNull(callers);
    Objects.requireNonNull(roles);
    Objects.requireNonNull(disclosure);
    Objects.requireNonNull(orderRules);
  }

  /** Ports of somebody who knows nothing of protection. */
  public HookPorts(
      ModelCatalog models,
      TimelineReader timeline,
      LocalPatients localPatients,
      PredictionJournal journal,
      DisplayHistory history,
      CallerRecord callers,
      UserRoles roles) {
    this(
        models,
        timeline,
        localPatients,
        journal,
        history,
        callers,
        roles,
        Disclosure.NONE,
        rules -> Optional.empty());
  }
}
