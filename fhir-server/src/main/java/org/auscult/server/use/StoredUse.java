package org.auscult.server.use;

import ca.uhn.fhir.jpa.api.dao.IFhirResourceDao;
import ca.uhn.fhir.rest.api.server.SystemRequestDetails;
import ca.uhn.fhir.rest.server.exceptions.ResourceGoneException;
import ca.uhn.fhir.rest.server.exceptions.ResourceNotFoundException;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.auscult.monitoring.page.CardUse;
import org.auscult.monitoring.performance.ReportWindow;
import org.auscult.server.report.FigureReader;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.MeasureReport;
import org.hl7.fhir.r4.model.MeasureReport.MeasureReportGroupComponent;

/** What the reports of use that stand tell of a deployment. */
public final class StoredUse {
  private final IFhirResourceDao<MeasureReport> reports;

  StoredUse(IFhirResourceDao<MeasureReport> reports) {
    this.reports = reports;
  }

  /**
   * What one tells.
   *
   * @param source reference with version
   */
  public record Told(String source, CardUse use) {}

  /**
   * Reads it; empty if there is none.
   *
   * @param deployment {@code url|version}
   */
  public Optional<Told> of(String deployment, ReportWindow window) {
    try {
      MeasureReport report =
          reports.read(
              new IdType("MeasureReport", UseResources.id(deployment, window)),
              new SystemRequestDetails());
      return Optional.of(
          new Told(report.getIdElement().toUnqualified().getValue(), use(deployment, report)));
    } catch (ResourceNotFoundException | ResourceGoneException e) {
      return Optional.empty();
    }
  }

  /**
   * What a report tells on a page.
   *
   * @param deployment {@code url|version}
   */
  public static CardUse use(String deployment, MeasureReport report) {
    return new CardUse(
        deployment,
        counts(report),
        FigureReader.figures(report).stream()
            .filter(figure -> figure.way() == null)
            .filter(figure -> figure.value() != null || figure.unknown() != null)
            .toList());
  }

  /** Counts by what they are of. */
  private static SortedMap<String, Long> counts(MeasureReport report) {
    SortedMap<String, Long> counts = new TreeMap<>();
    for (MeasureReportGroupComponent group : report.getGroup()) {
      String name = group.getCode().getCodingFirstRep().getCode();
      if (name.equals("cards") || name.equals("override-reasons")) {
        group.getPopulation().forEach(of -> counts.put(name(of.getCode()), (long) of.getCount()));
      }
    }
    return counts;
  }

  private static String name(CodeableConcept of) {
    Coding coding = of.getCodingFirstRep();
    if (!of.hasCoding()) {
      return "overridden, reason " + of.getText();
    }
    return UseUrls.WITHHELD_SYSTEM.equals(coding.getSystem())
        ? "withheld: " + coding.getCode()
        : coding.getCode();
  }
}
