package org.auscult.server.report;

import ca.uhn.fhir.jpa.api.dao.IFhirResourceDao;
import ca.uhn.fhir.rest.api.server.SystemRequestDetails;
import ca.uhn.fhir.rest.server.exceptions.ResourceGoneException;
import ca.uhn.fhir.rest.server.exceptions.ResourceNotFoundException;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.Optional;
import org.auscult.monitoring.alert.WindowReport;
import org.auscult.monitoring.performance.ReportWindow;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.MeasureReport;
import org.jspecify.annotations.Nullable;

/** What reports that stand tell. One that was not written anew is not read anew. */
public final class StoredReports {
  private static final int MOST_KEPT = 4_000;

  private final ReportStore store;
  private final IFhirResourceDao<MeasureReport> reports;
  private final Cache<Key, WindowReport> read =
      Caffeine.newBuilder().maximumSize(MOST_KEPT).recordStats().build();

  private record Key(String id, String madeOf) {}

  StoredReports(ReportStore store, IFhirResourceDao<MeasureReport> reports) {
    this.store = store;
    this.reports = reports;
  }

  /** What the report of a window tells; empty if there is none. */
  public Optional<WindowReport> find(String id, ReportWindow window) {
    return store
        .madeOf(id)
        .map(madeOf -> read.get(new Key(id, madeOf), key -> read(key.id(), window)));
  }

  /** Null, and not kept, if nothing was to be told, or somebody deleted it. */
  private @Nullable WindowReport read(String id, ReportWindow window) {
    try {
      MeasureReport report =
          reports.read(new IdType("MeasureReport", id), new SystemRequestDetails());
      return new WindowReport(
          window, report.getIdElement().toUnqualified().getValue(), FigureReader.figures(report));
    } catch (ResourceNotFoundException | ResourceGoneException e) {
      return null;
    }
  }
}
