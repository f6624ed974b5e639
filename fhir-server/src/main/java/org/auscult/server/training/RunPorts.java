package org.auscult.server.training;

import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import org.auscult.access.Requester;
import org.auscult.access.fhir.AccessSessions.Barrier;
import org.auscult.server.training.TrainingPlan.Cohort;
import org.auscult.training.Tally;

/** What the making of a data set needs of others. */
final class RunPorts {
  private RunPorts() {}

  /** Whom a cohort names. */
  interface Members {
    /** Their ids, sorted; empty for everybody. */
    Optional<SortedSet<String>> patients(Cohort cohort);
  }

  /** What the starter of a data set may see, by the rules of this moment. */
  interface Sight {
    Map<String, Barrier> barriers(Requester requester, Collection<String> patients);

    boolean mayRead(Requester requester, String type);
  }

  /** Stores what stands for a finished data set in the FHIR API. */
  interface Snapshots {
    void store(TrainingJob job, TrainingPlan plan, Requester starter, String manifest, Tally tally);
  }
}
