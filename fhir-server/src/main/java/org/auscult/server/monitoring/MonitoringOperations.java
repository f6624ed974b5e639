package org.auscult.server.monitoring;

import ca.uhn.fhir.rest.annotation.Operation;
import ca.uhn.fhir.rest.annotation.OperationParam;
import ca.uhn.fhir.rest.server.exceptions.InvalidRequestException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.auscult.monitoring.freshness.EvidenceAges;
import org.auscult.monitoring.freshness.SilenceRule.Silence;
import org.auscult.monitoring.skew.SkewReport;
import org.auscult.server.monitoring.HeardSources.Source;
import org.auscult.server.monitoring.MonitoringRound.Standing;
import org.hl7.fhir.r4.model.BooleanType;
import org.hl7.fhir.r4.model.CanonicalType;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.DecimalType;
import org.hl7.fhir.r4.model.InstantType;
import org.hl7.fhir.r4.model.IntegerType;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Parameters.ParametersParameterComponent;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.StringType;
import org.hl7.fhir.r4.model.Type;
import org.jspecify.annotations.Nullable;

/** What can be asked of monitoring at any time. Answers hold no patient data. */
public final class MonitoringOperations {
  static final int LARGEST_SAMPLE = 10_000;

  private static final double SECONDS_IN_HOUR = 3600;

  private final MonitoringRound round;
  private final MonitoringSettings settings;
  private final InstantSource clock;

  MonitoringOperations(MonitoringRound round, MonitoringSettings settings, InstantSource clock) {
    this.round = round;
    this.settings = settings;
    this.clock = clock;
  }

  /** What is asked for. */
  private record Asked(Instant since, int sample, long seed) {}

  /**
   * Makes a sample of served vectors again, from the record as it was in their epoch.
   *
   * @param since of predictions recorded then or later; within the configured window if not given
   * @param sample how many predictions, 1 to 10,000; as configured if not given
   * @param seed a whole number: the same one draws the same of the same journal
   */
  @Operation(name = "$skew", idempotent = true, canonicalUrl = MonitoringUrls.SKEW)
  public Parameters skew(
      @OperationParam(name = "since") @Nullable StringType since,
      @OperationParam(name = "sample") @Nullable StringType sample,
      @OperationParam(name = "seed") @Nullable StringType seed) {
    Asked asked = asked(since, sample, seed);
    SkewReport report = round.skew(asked.since(), asked.sample(), asked.seed());
    Parameters answer = begun(asked);
    answer.addParameter("predictions", new IntegerType(report.predictions()));
    answer.addParameter("vectors", new IntegerType(report.vectors()));
    answer.addParameter("equal", new IntegerType(report.equal()));
    answer.addParameter("different", new IntegerType(report.different()));
    answer.addParameter("uncheckedShare", new DecimalType(report.uncheckedShare()));
    new TreeMap<>(report.unchecked())
        .forEach(
            (reason, vectors) -> {
              ParametersParameterComponent group = answer.addParameter().setName("unchecked");
              part(group, "reason", new CodeType(reason.code()));
              part(group, "vectors", new IntegerType(vectors));
            });
    for (SkewReport.Line line : report.lines()) {
      ParametersParameterComponent group = answer.addParameter().setName("difference");
      part(group, "definition", new CanonicalType(line.difference().definition()));
      part(group, "kind", new CodeType(line.difference().kind().code()));
      part(group, "vectors", new IntegerType(line.vectors()));
      line.examples().forEach(e -> part(group, "prediction", new StringType(e.toString())));
    }
    return answer;
  }

  /**
   * How old the evidence was that was served, by feature, and how the sources stand.
   *
   * @param since of predictions recorded then or later; within the configured window if not given
   * @param sample how many predictions, 1 to 10,000; as configured if not given
   * @param seed a whole number: the same one draws the same of the same journal
   */
  @Operation(name = "$freshness", idempotent = true, canonicalUrl = MonitoringUrls.FRESHNESS)
  public Parameters freshness(
      @OperationParam(name = "since") @Nullable StringType since,
      @OperationParam(name = "sample") @Nullable StringType sample,
      @OperationParam(name = "seed") @Nullable StringType seed) {
    Asked asked = asked(since, sample, seed);
    Parameters answer = begun(asked);
    round
        .ages(asked.since(), asked.sample(), asked.seed())
        .features()
        .forEach(feature -> add(answer, feature));
    round.standings(clock.instant()).forEach((source, standing) -> add(answer, source, standing));
    return answer;
  }

  private static void add(Parameters answer, EvidenceAges.OfFeature feature) {
    ParametersParameterComponent group = answer.addParameter().setName("feature");
    part(group, "definition", new CanonicalType(feature.definition()));
    part(group, "served", new IntegerType(feature.served()));
    int missing = feature.missing().values().stream().mapToInt(Integer::intValue).sum();
    part(group, "missing", new IntegerType(missing));
    Map<String, Integer> reasons =
        feature.missing().entrySet().stream()
            .collect(
                Collectors.toMap(
                    e -> e.getKey().code(), Map.Entry::getValue, Integer::sum, TreeMap::new));
    reasons.forEach(
        (reason, times) -> {
          ParametersParameterComponent part = group.addPart().setName("reason");
          part(part, "code", new CodeType(reason));
          part(part, "vectors", new IntegerType(times));
        });
    part(group, "dated", new IntegerType(feature.ages()));
    if (feature.ages() > 0) {
      part(group, "medianAge", hours(feature.median()));
      part(group, "ninetiethAge", hours(feature.ninetieth()));
      part(group, "oldest", hours(feature.oldest()));
    }
  }

  private static void add(Parameters answer, Source source, Standing standing) {
    ParametersParameterComponent group = answer.addParameter().setName("source");
    if (!source.site().isEmpty()) {
      part(group, "site", new StringType(source.site()));
    }
    part(group, "type", new CodeType(source.kind()));
    Long lastHour = standing.lastHour();
    if (lastHour != null) {
      Instant end = Instant.ofEpochSecond((lastHour + 1) * (long) SECONDS_IN_HOUR);
      part(group, "lastHeardBefore", new InstantType(Date.from(end)));
    }
    part(group, "judged", new BooleanType(standing.judged()));
    part(group, "silent", new BooleanType(standing.silence().isPresent()));
    standing.silence().map(Silence::usualGap).ifPresent(gap -> part(group, "usualGap", hours(gap)));
  }

  private static Quantity hours(Duration duration) {
    return new Quantity()
        .setValue(Math.round(duration.toSeconds() / SECONDS_IN_HOUR * 100) / 100.0)
        .setSystem("http://unitsofmeasure.org")
        .setCode("h")
        .setUnit("h");
  }

  private static void part(ParametersParameterComponent group, String name, Type value) {
    group.addPart().setName(name).setValue(value);
  }

  private static Parameters begun(Asked asked) {
    Parameters answer = new Parameters();
    answer.addParameter("since", new InstantType(Date.from(asked.since())));
    answer.addParameter("seed", new StringType(String.valueOf(asked.seed())));
    return answer;
  }

  private Asked asked(
      @Nullable StringType since, @Nullable StringType sample, @Nullable StringType seed) {
    List<String> problems = new ArrayList<>();
    Instant now = clock.instant();
    Instant from =
        read(
            since,
            // An unescaped plus in a query arrives as a blank.
            text -> OffsetDateTime.parse(text.replace(' ', '+')).toInstant(),
            now.minus(settings.window()),
            "since takes a time such as 2024-05-03T10:00:00Z",
            problems);
    int size =
        read(
            sample,
            Integer::parseInt,
            settings.sample(),
            "sample takes a whole number from 1 to " + LARGEST_SAMPLE,
            problems);
    if (size < 1 || size > LARGEST_SAMPLE) {
      problems.add("sample takes a whole number from 1 to " + LARGEST_SAMPLE);
    }
    long drawn =
        read(seed, Long::parseLong, now.toEpochMilli(), "seed takes a whole number", problems);
    if (!problems.isEmpty()) {
      throw new InvalidRequestException(String.join("; ", problems) + ".");
    }
    return new Asked(from, size, drawn);
  }

  private static <T> T read(
      @Nullable StringType given,
      Function<String, T> reader,
      T otherwise,
      String problem,
      List<String> problems) {
    if (given == null || given.isEmpty()) {
      return otherwise;
    }
    try {
      return reader.apply(given.getValueNotNull().trim());
    } catch (DateTimeException | NumberFormatException e) {
      problems.add(problem);
      return otherwise;
    }
  }
}
