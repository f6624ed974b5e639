package org.auscult.server.use;

import ca.uhn.fhir.rest.annotation.Operation;
import ca.uhn.fhir.rest.annotation.OperationParam;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.auscult.feature.fhir.Problem;
import org.auscult.monitoring.use.UseReport;
import org.auscult.server.feature.Refused;
import org.auscult.server.performance.OnDemand;
import org.auscult.server.report.ReportEvents;
import org.hl7.fhir.r4.model.MeasureReport;
import org.hl7.fhir.r4.model.StringType;
import org.jspecify.annotations.Nullable;

/** What was done with a deployment's cards over any stretch of time, worked out at once. */
public final class UseOperations {
  private final CardDescriptions descriptions;
  private final FollowedOrders orders;
  private final UseRows rows;
  private final ReportEvents events;
  private final InstantSource clock;

  UseOperations(
      CardDescriptions descriptions,
      FollowedOrders orders,
      UseRows rows,
      ReportEvents events,
      InstantSource clock) {
    this.descriptions = descriptions;
    this.orders = orders;
    this.rows = rows;
    this.events = events;
    this.clock = clock;
  }

  /**
   * A MeasureReport that is not stored.
   *
   * @param deployment {@code url|version}
   * @param start first time of a call, inclusive
   * @param end exclusive; now if not given
   */
  @Operation(name = "$card-use", idempotent = true, canonicalUrl = UseUrls.USE)
  public MeasureReport use(
      @OperationParam(name = "deployment", min = 1) @Nullable StringType deployment,
      @OperationParam(name = "start", min = 1) @Nullable StringType start,
      @OperationParam(name = "end") @Nullable StringType end) {
    List<Problem> problems = new ArrayList<>();
    Instant now = clock.instant();
    descriptions.describeAll(now, () -> true);
    String canonical = text(deployment);
    if (!rows.deployments().containsKey(canonical)) {
      problems.add(
          new Problem(
              "Parameters.parameter('deployment')",
              "deployment: '" + canonical + "' has answered no call here",
              "Give one as url|version; search PlanDefinition for those that are here."));
    }
    Optional<Instant> from = OnDemand.time("start", text(start), problems);
    Optional<Instant> to =
        text(end).isEmpty() ? Optional.of(now) : OnDemand.time("end", text(end), problems);
    OnDemand.inOrder(from, to, problems);
    Refused.ifAny("Nothing can be told of this", problems);
    orders.followAll(now, () -> true);
    return report(canonical, from.orElseThrow(), to.orElseThrow());
  }

  private MeasureReport report(String deployment, Instant from, Instant to) {
    UseReport use = UseReport.of(rows.read(deployment, from, to));
    return events.read().mark(UseResources.of(deployment, from, to, use), from, to);
  }

  private static String text(@Nullable StringType given) {
    return given == null || given.isEmpty() ? "" : given.getValueNotNull().strip();
  }
}
