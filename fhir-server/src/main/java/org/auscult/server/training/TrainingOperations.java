package org.auscult.server.training;

import ca.uhn.fhir.rest.annotation.Operation;
import ca.uhn.fhir.rest.annotation.OperationParam;
import ca.uhn.fhir.rest.api.RequestTypeEnum;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.server.exceptions.InternalErrorException;
import ca.uhn.fhir.rest.server.exceptions.InvalidRequestException;
import ca.uhn.fhir.rest.server.exceptions.PreconditionFailedException;
import ca.uhn.fhir.rest.server.exceptions.ResourceNotFoundException;
import ca.uhn.fhir.rest.server.exceptions.ResourceVersionConflictException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.auscult.access.RefusalReason;
import org.auscult.access.Requester;
import org.auscult.access.fhir.AccessSessions;
import org.auscult.feature.fhir.Problem;
import org.auscult.server.config.PublicUrls;
import org.auscult.server.feature.Refused;
import org.auscult.server.training.TrainingFiles.Stored;
import org.auscult.server.training.TrainingJob.State;
import org.auscult.timeline.TimelineQuery.Need;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.StringType;
import org.jspecify.annotations.Nullable;

/**
 * Data sets by FHIR's asynchronous pattern: 202 and a place to ask, 202 again while it is being
 * made, 200 with the files. A job and its files are for whoever started it, and for the same
 * application.
 */
public final class TrainingOperations {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int MOST_UNFINISHED = 5;
  private static final String RETRY_SECONDS = "2";

  private final TrainingSets sets;
  private final TrainingFiles files;
  private final PlanReader plans;
  private final Cohorts cohorts;
  private final AccessSessions access;
  private final TrainingLoop loop;
  private final PublicUrls urls;
  private final Clock clock;

  TrainingOperations(
      TrainingSets sets,
      TrainingFiles files,
      PlanReader plans,
      Cohorts cohorts,
      AccessSessions access,
      TrainingLoop loop,
      PublicUrls urls,
      Clock clock) {
    this.sets = sets;
    this.files = files;
    this.plans = plans;
    this.cohorts = cohorts;
    this.access = access;
    this.loop = loop;
    this.urls = urls;
    this.clock = clock;
  }

  /** Starts the making of a data set; {@code docs/training-sets.md} explains each parameter. */
  @Operation(name = "$training-set", manualResponse = true, canonicalUrl = TrainingUrls.START)
  public void start(
      @OperationParam(name = "name", min = 1) @Nullable StringType name,
      @OperationParam(name = "cohort", min = 1) @Nullable StringType cohort,
      @OperationParam(name = "target") @Nullable StringType target,
      @OperationParam(name = "index") @Nullable StringType index,
      @OperationParam(name = "class", max = OperationParam.MAX_UNLIMITED)
          @Nullable List<StringType> classes,
      @OperationParam(name = "offset") @Nullable StringType offset,
      @OperationParam(name = "step") @Nullable StringType step,
      @OperationParam(name = "start") @Nullable StringType start,
      @OperationParam(name = "end") @Nullable StringType end,
      @OperationParam(name = "time", max = OperationParam.MAX_UNLIMITED)
          @Nullable List<StringType> times,
      @OperationParam(name = "featureSet") @Nullable StringType featureSet,
      @OperationParam(name = "outcome") @Nullable StringType outcome,
      @OperationParam(name = "split") @Nullable StringType split,
      @OperationParam(name = "train") @Nullable StringType train,
      @OperationParam(name = "validation") @Nullable StringType validation,
      @OperationParam(name = "test") @Nullable StringType test,
      @OperationParam(name = "seed") @Nullable StringType seed,
      @OperationParam(name = "format", max = OperationParam.MAX_UNLIMITED)
          @Nullable List<StringType> formats,
      @OperationParam(name = "missing") @Nullable StringType missing,
      @OperationParam(name = "knowledge") @Nullable StringType knowledge,
      @OperationParam(name = "knownAt") @Nullable StringType knownAt,
      RequestDetails request,
      HttpServletResponse response)
      throws IOException {
    if (!isAsynchronous(request)) {
      throw new PreconditionFailedException(
          "A data set is made in the background: send the header Prefer: respond-async");
    }
    Map<String, List<String>> given = new LinkedHashMap<>();
    put(given, "name", name);
    put(given, "cohort", cohort);
    put(given, "target", target);
    put(given, "index", index);
    put(given, "class", classes);
    put(given, "offset", offset);
    put(given, "step", step);
    put(given, "start", start);
    put(given, "end", end);
    put(given, "time", times);
    put(given, "featureSet", featureSet);
    put(given, "outcome", outcome);
    put(given, "split", split);
    put(given, "train", train);
    put(given, "validation", validation);
    put(given, "test", test);
    put(given, "seed", seed);
    put(given, "format", formats);
    put(given, "missing", missing);
    put(given, "knowledge", knowledge);
    put(given, "knownAt", knownAt);
    accept(started(given, request), response);
  }

  private static void put(Map<String, List<String>> to, String name, @Nullable StringType value) {
    put(to, name, value == null ? null : List.of(value));
  }

  private static void put(
      Map<String, List<String>> to, String name, @Nullable List<StringType> values) {
    if (values != null) {
      List<String> texts = new ArrayList<>();
      for (StringType value : values) {
        if (value != null && value.hasValue()) {
          texts.add(value.getValue());
        }
      }
      if (!texts.isEmpty()) {
        to.put(name, texts);
      }
    }
  }

  private static boolean isAsynchronous(RequestDetails request) {
    List<String> prefer = Objects.requireNonNullElse(request.getHeaders("Prefer"), List.of());
    return prefer.stream()
        .flatMap(header -> java.util.Arrays.stream(header.split("[,;]")))
        .anyMatch(word -> word.strip().equals("respond-async"));
  }

  private TrainingJob started(Map<String, List<String>> given, RequestDetails request) {
    Requester who = Starter.of(request.getAttribute(Requester.ATTRIBUTE));
    PlanReader.Read read = plans.read(given, clock.instant());
    List<Problem> problems = new ArrayList<>(read.problems());
    TrainingPlan plan = read.plan();
    if (plan != null) {
      cohorts.problem("cohort", plan.cohort(), request).ifPresent(problems::add);
      if (plan.target() != null) {
        cohorts.problem("target", plan.target(), request).ifPresent(problems::add);
      }
      problems.addAll(unreadable(plan, who));
    }
    Refused.ifAny("No data set is made of this", problems);
    TrainingPlan checked = Objects.requireNonNull(plan);
    if (sets.unfinished(who.application()) >= MOST_UNFINISHED) {
      throw new ResourceVersionConflictException(
          MOST_UNFINISHED + " data sets of yours are being made; wait for one, or cancel it");
    }
    TrainingJob job =
        sets.add(
            UUID.randomUUID().toString(),
            checked.first("name"),
            who.application(),
            Starter.write(who),
            KeptRequest.of(checked).write(),
            checked.cut());
    loop.wake();
    return job;
  }

  /** A data set that reads what the purpose of use does not need would tell of it. */
  private List<Problem> unreadable(TrainingPlan plan, Requester who) {
    return Stream.of(
            plan.set() == null ? List.<Need>of() : plan.set().needs(),
            plan.labeller() == null ? List.<Need>of() : plan.labeller().needs(),
            plan.cohort().criteria().needs(),
            plan.target() == null ? List.<Need>of() : plan.target().criteria().needs())
        .flatMap(List::stream)
        .map(Need::kind)
        .distinct()
        .map(kind -> kind.fhirType())
        .filter(type -> !access.mayRead(who, type))
        .map(
            type ->
                new Problem(
                    "Parameters.parameter",
                    "the data set reads "
                        + type
                        + ", which the purpose of use "
                        + who.purpose()
                        + " does not need",
                    "Give other features, or state another purpose in the header Purpose-Of-Use."))
        .toList();
  }

  private void accept(TrainingJob job, HttpServletResponse response) throws IOException {
    response.setStatus(HttpServletResponse.SC_ACCEPTED);
    response.setHeader("Content-Location", urls.fhir() + "/$training-set-status?job=" + job.id());
    response.flushBuffer();
  }

  /**
   * How far a job is; with DELETE, ends it.
   *
   * @param job id, as the start's Content-Location has it
   */
  @Operation(
      name = "$training-set-status",
      idempotent = true,
      deleteEnabled = true,
      manualResponse = true,
      canonicalUrl = TrainingUrls.STATUS)
  public void status(
      @OperationParam(name = "job", min = 1) @Nullable StringType job,
      RequestDetails request,
      HttpServletResponse response)
      throws IOException {
    TrainingJob found = own(job, request);
    if (request.getRequestType() == RequestTypeEnum.DELETE) {
      cancel(found, response);
      return;
    }
    switch (found.state()) {
      case QUEUED, RUNNING -> {
        response.setStatus(HttpServletResponse.SC_ACCEPTED);
        response.setHeader("X-Progress", progress(found));
        response.setHeader("Retry-After", RETRY_SECONDS);
        response.flushBuffer();
      }
      case DONE -> send(response, "application/json", body(found));
      case CANCELLED ->
          throw new ResourceNotFoundException("This data set was cancelled; start another one.");
      case FAILED ->
          throw new InternalErrorException(
              "This data set could not be made: "
                  + Objects.requireNonNullElse(found.problem(), "nobody said why"));
    }
  }

  private static String progress(TrainingJob job) {
    if (job.state() == State.QUEUED) {
      return "waiting";
    }
    return switch (job.phase()) {
      case MEMBERS -> "listing patients";
      case DAYS -> "counting index times, " + job.percent() + " %";
      case TARGET -> "counting the target population, " + job.percent() + " %";
      case ROWS -> "making rows, " + job.percent() + " %";
      case WHOLE -> "writing the manifest";
    };
  }

  private void cancel(TrainingJob job, HttpServletResponse response) throws IOException {
    if (!sets.cancel(job.id())
        && sets.find(job.id()).map(TrainingJob::state).orElse(State.FAILED) == State.DONE) {
      throw new ResourceVersionConflictException(
          "This data set is made; versions are kept, since models may rest on them.");
    }
    response.setStatus(HttpServletResponse.SC_ACCEPTED);
    response.flushBuffer();
  }

  /** As a bulk export answers, and the manifest beside it. */
  private byte[] body(TrainingJob job) throws IOException {
    ObjectNode body = JSON.createObjectNode();
    body.put("transactionTime", job.cut().toString());
    body.put("request", urls.fhir() + "/$training-set");
    body.put("requiresAccessToken", true);
    ArrayNode output = body.putArray("output");
    for (Stored file : files.all(job.id())) {
      output
          .addObject()
          .put("type", file.media())
          .put("url", url(job, file))
          .put("count", file.rows())
          .put("name", file.name())
          .put("size", file.size())
          .put("sha256", file.sha256());
    }
    body.putArray("error");
    ObjectNode extension = body.putObject("extension");
    extension.put("group", urls.fhir() + "/Group/" + SnapshotResources.id(job));
    extension.put(
        "documentReference", urls.fhir() + "/DocumentReference/" + SnapshotResources.id(job));
    extension.set("manifest", JSON.readTree(Objects.requireNonNull(job.manifest())));
    return JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(body);
  }

  private String url(TrainingJob job, Stored file) {
    return urls.fhir()
        + "/$training-set-file?job="
        + job.id()
        + "&file="
        + URLEncoder.encode(file.name(), StandardCharsets.UTF_8);
  }

  private static void send(HttpServletResponse response, String media, byte[] body)
      throws IOException {
    response.setStatus(HttpServletResponse.SC_OK);
    response.setContentType(media);
    response.setContentLength(body.length);
    response.getOutputStream().write(body);
    response.flushBuffer();
  }

  /**
   * One file of a data set.
   *
   * @param job id of the data set
   * @param file its name, as the status lists it; {@code manifest.json} too
   */
  @Operation(
      name = "$training-set-file",
      idempotent = true,
      manualResponse = true,
      canonicalUrl = TrainingUrls.FILE)
  public void file(
      @OperationParam(name = "job", min = 1) @Nullable StringType job,
      @OperationParam(name = "file", min = 1) @Nullable StringType file,
      RequestDetails request,
      HttpServletResponse response)
      throws IOException {
    TrainingJob found = own(job, request);
    String name = file == null ? "" : Objects.requireNonNullElse(file.getValue(), "");
    if (found.state() != State.DONE) {
      throw new ResourceNotFoundException("This data set has no files yet, or none any more.");
    }
    if (name.equals("manifest.json")) {
      send(
          response,
          "application/json",
          Objects.requireNonNull(found.manifest()).getBytes(StandardCharsets.UTF_8));
      return;
    }
    Stored stored =
        files
            .find(found.id(), name)
            .orElseThrow(
                () ->
                    new ResourceNotFoundException(
                        "This data set has no such file; its status lists them."));
    response.setStatus(HttpServletResponse.SC_OK);
    response.setContentType(stored.media());
    response.setContentLengthLong(stored.size());
    response.setHeader("ETag", "\"" + stored.sha256() + "\"");
    OutputStream out = response.getOutputStream();
    files.copy(found.id(), stored, out);
    out.flush();
  }

  /**
   * How two data sets differ.
   *
   * @param left id of one job
   * @param right id of another
   */
  @Operation(name = "$training-set-compare", idempotent = true, canonicalUrl = TrainingUrls.COMPARE)
  public Parameters compare(
      @OperationParam(name = "left", min = 1) @Nullable StringType left,
      @OperationParam(name = "right", min = 1) @Nullable StringType right,
      RequestDetails request)
      throws IOException {
    TrainingJob one = own(left, request);
    TrainingJob other = own(right, request);
    if (one.state() != State.DONE || other.state() != State.DONE) {
      throw new InvalidRequestException("Only data sets that are made can be compared.");
    }
    return new Comparison(one, other, sets).render();
  }

  /** What is somebody else's is answered as what is not there. */
  private TrainingJob own(@Nullable StringType id, RequestDetails request) {
    String text = id == null ? "" : Objects.requireNonNullElse(id.getValue(), "");
    Optional<TrainingJob> job = text.matches("[0-9a-f-]{36}") ? sets.find(text) : Optional.empty();
    String owner = Starter.of(request.getAttribute(Requester.ATTRIBUTE)).application();
    if (job.isPresent() && !job.get().owner().equals(owner)) {
      request.setAttribute(RefusalReason.ATTRIBUTE, RefusalReason.NOT_YOURS.code());
    }
    return job.filter(found -> found.owner().equals(owner))
        .orElseThrow(() -> new ResourceNotFoundException("There is no such data set."));
  }
}
