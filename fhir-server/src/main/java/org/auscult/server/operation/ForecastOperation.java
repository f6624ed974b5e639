package org.auscult.server.operation;

import ca.uhn.fhir.jpa.api.dao.DaoRegistry;
import ca.uhn.fhir.rest.annotation.IdParam;
import ca.uhn.fhir.rest.annotation.Operation;
import ca.uhn.fhir.rest.annotation.OperationParam;
import ca.uhn.fhir.rest.api.server.SystemRequestDetails;
import ca.uhn.fhir.rest.server.exceptions.UnprocessableEntityException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Locale;
import java.util.TreeMap;
import org.auscult.cds.hook.Firing;
import org.auscult.cds.hook.FiringForecast;
import org.auscult.cds.hook.HookEndpoint;
import org.auscult.deployment.Deployment;
import org.auscult.deployment.Hook;
import org.auscult.deployment.fhir.Deployments;
import org.auscult.server.operation.PastOpenings.Past;
import org.auscult.server.operation.PastOpenings.Sample;
import org.auscult.timeline.AsOf;
import org.auscult.timeline.TimelineQuery;
import org.auscult.timeline.TimelineReader;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.DecimalType;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.InstantType;
import org.hl7.fhir.r4.model.IntegerType;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Parameters.ParametersParameterComponent;
import org.hl7.fhir.r4.model.PlanDefinition;
import org.hl7.fhir.r4.model.StringType;
import org.jspecify.annotations.Nullable;

/**
 * {@code PlanDefinition/[id]/$forecast}: how often a deployment would have spoken in the past, to
 * whom, and what held it back, before it goes live (safety rule 24). It stores nothing.
 */
final class ForecastOperation {
  private static final Duration USUAL = Duration.ofDays(28);
  private static final int USUAL_OPENINGS = 1_000;
  private static final int MOST_OPENINGS = 10_000;
  private static final BigDecimal DAYS_OF_WEEK = BigDecimal.valueOf(7);

  private final DaoRegistry daos;
  private final TimelineReader reader;
  private final HookEndpoint hooks;
  private final ZoneId zone;
  private final Clock clock;

  ForecastOperation(
      DaoRegistry daos, TimelineReader reader, HookEndpoint hooks, ZoneId zone, Clock clock) {
    this.daos = daos;
    this.reader = reader;
    this.hooks = hooks;
    this.zone = zone;
    this.clock = clock;
  }

  /**
   * Counts by user and of all.
   *
   * @param start first instant or date of the time that is played; four weeks before the end if not
   *     given
   * @param end first instant after it, or its last date; now if not given
   * @param openings how many are played at the most; of more, so many are evenly chosen
   */
  @Operation(
      name = "$forecast",
      type = PlanDefinition.class,
      idempotent = true,
      canonicalUrl = OperationUrls.FORECAST)
  public Parameters forecast(
      @IdParam IdType id,
      @OperationParam(name = "start") @Nullable StringType start,
      @OperationParam(name = "end") @Nullable StringType end,
      @OperationParam(name = "openings") @Nullable StringType openings) {
    Question question = new Question(zone, clock.instant());
    Instant until = question.instant("end", end).orElse(clock.instant());
    Instant from = question.startOf("start", start).orElse(until.minus(USUAL));
    int most = question.number("openings", openings, 1, MOST_OPENINGS).orElse(USUAL_OPENINGS);
    if (!from.isBefore(until)) {
      question.refuse("start", "is not before end");
    }
    question.check();
    Deployment deployment = deployment(id);
    Hook hook = deployment.hooks().get(0);
    PastOpenings past = new PastOpenings(daos);
    Sample sample =
        hook.bringsOrders() ? past.orders(from, until, most) : past.encounters(from, until, most);
    FiringForecast forecast = hooks.forecast(deployment, hook);
    for (Past one : sample.openings()) {
      reader
          .read(new TimelineQuery(one.patient(), AsOf.instant(one.at()), forecast.needs()))
          .ifPresent(
              timeline ->
                  forecast.play(
                      new FiringForecast.Opening(one.at(), one.user(), timeline, one.orders())));
    }
    return answer(forecast, sample, hook, from, until);
  }

  private Deployment deployment(IdType id) {
    PlanDefinition plan =
        daos.getResourceDao(PlanDefinition.class).read(id, new SystemRequestDetails());
    if (!Deployments.isOne(plan)) {
      throw new UnprocessableEntityException(
          "PlanDefinition/" + id.getIdPart() + " is no deployment: it lacks our profile.");
    }
    return Deployments.read(plan).orThrow();
  }

  private static Parameters answer(
      FiringForecast forecast, Sample sample, Hook hook, Instant from, Instant until) {
    Parameters answer = new Parameters();
    answer.addParameter().setName("hook").setValue(new CodeType(hook.id()));
    answer.addParameter().setName("start").setValue(new InstantType(from.toString()));
    answer.addParameter().setName("end").setValue(new InstantType(until.toString()));
    answer.addParameter().setName("found").setValue(new IntegerType(sample.found()));
    Duration played = Duration.between(from, until);
    firing(answer.addParameter().setName("all"), forecast.all(), played, sample.each());
    new TreeMap<>(forecast.byUser())
        .forEach(
            (user, firing) -> {
              ParametersParameterComponent part = answer.addParameter().setName("user");
              part.addPart().setName("reference").setValue(new StringType(user));
              firing(part, firing, played, sample.each());
            });
    return answer;
  }

  private static void firing(
      ParametersParameterComponent part, Firing firing, Duration played, int each) {
    part.addPart().setName("openings").setValue(new IntegerType((int) firing.rate().opens()));
    part.addPart().setName("withCard").setValue(new IntegerType((int) firing.rate().spoken()));
    part.addPart()
        .setName("perHundred")
        .setValue(new DecimalType(rounded(firing.rate().perHundred())));
    long cards = firing.shown().values().stream().mapToLong(Long::longValue).sum();
    BigDecimal days =
        BigDecimal.valueOf(played.toMillis() / (double) Duration.ofDays(1).toMillis());
    part.addPart()
        .setName("cardsPerWeek")
        .setValue(
            new DecimalType(
                rounded(
                    cards
                        * each
                        / days.divide(DAYS_OF_WEEK, 6, RoundingMode.HALF_UP).doubleValue())));
    firing
        .shown()
        .forEach(
            (urgency, count) ->
                count(part, "shown", urgency.name().toLowerCase(Locale.ROOT), count));
    firing.withheld().forEach((reason, count) -> count(part, "withheld", reason.code(), count));
  }

  private static void count(
      ParametersParameterComponent part, String name, String code, long count) {
    ParametersParameterComponent one = part.addPart().setName(name);
    one.addPart().setName("code").setValue(new CodeType(code));
    one.addPart().setName("cards").setValue(new IntegerType((int) count));
  }

  private static BigDecimal rounded(double value) {
    return BigDecimal.valueOf(value).setScale(1, RoundingMode.HALF_UP);
  }
}
