package org.auscult.server.config;

import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import ca.uhn.fhir.jpa.dao.BaseStorageResourceDao;
import ca.uhn.fhir.jpa.dao.BaseTransactionProcessor;
import ca.uhn.fhir.jpa.search.builder.predicate.ParsedLocationParam;
import ca.uhn.fhir.jpa.searchparam.SearchParameterMap;
import ca.uhn.fhir.jpa.util.CoordCalculator;
import ca.uhn.fhir.model.api.IQueryParameterType;
import ca.uhn.fhir.parser.JsonParser;
import ca.uhn.fhir.rest.api.Constants;
import ca.uhn.fhir.rest.api.RequestTypeEnum;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.param.CompositeParam;
import ca.uhn.fhir.rest.param.SpecialParam;
import ca.uhn.fhir.rest.server.exceptions.BaseServerResponseException;
import ca.uhn.fhir.rest.server.exceptions.InvalidRequestException;
import ca.uhn.fhir.rest.server.method.BaseMethodBinding;
import java.net.URLDecoder;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.hl7.fhir.instance.model.api.IBaseOperationOutcome;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.OperationOutcome;
import org.jspecify.annotations.Nullable;

/**
 * What a failed FHIR request is told: where the client is at fault, a 4xx with the reason, although
 * HAPI took it for a fault of the server; and never the names of classes, which HAPI puts into its
 * words.
 */
@Interceptor
public final class PlainFailures {
  /** Below the method that fails stand those of Java by which it does. */
  private static final int FRAMES = 8;

  private static final Pattern CLASS =
      Pattern.compile(
          "\\b(?:com|ca|org|net|java|javax|jakarta)\\.[a-z][\\w$]*(?:\\.[\\w$]+)*[:.]*\\s*"
              + "|\\b\\w+Exception\\b:?\\s*");

  private static final Predicate<StackTraceElement> READING =
      frame ->
          frame.getMethodName().equals("createMethodParams")
              || frame.getClassName().startsWith("ca.uhn.fhir.rest.param.");

  private static final Predicate<StackTraceElement> PATCHING =
      frame -> frame.getClassName().startsWith("ca.uhn.fhir.jpa.patch.");

  private static final Predicate<StackTraceElement> FINDING =
      frame -> frame.getMethodName().equals("populateRequestDetailsFromRequestPath");

  /** Null leaves it to HAPI. */
  @Hook(Pointcut.SERVER_PRE_PROCESS_OUTGOING_EXCEPTION)
  public @Nullable BaseServerResponseException map(
      @Nullable RequestDetails request, Throwable thrown) {
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      String fault = faultOfClient(request, cause);
      if (fault != null) {
        return new InvalidRequestException(fault, thrown);
      }
    }
    return null;
  }

  private static @Nullable String faultOfClient(
      @Nullable RequestDetails request, Throwable thrown) {
    if (thrown instanceof NumberFormatException
        && (isFrom(thrown, BaseStorageResourceDao.class) || isFrom(thrown, IdType.class))) {
      return "A version is a whole number";
    }
    if (isStumble(thrown) && passed(thrown, READING)) {
      return "A parameter's value is of no form that it takes";
    }
    if (!(thrown instanceof BaseServerResponseException) && passed(thrown, PATCHING)) {
      return "The patch cannot be read, or not be applied: see op, path and value of each operation";
    }
    if (request != null && request.getRequestType() == RequestTypeEnum.PATCH) {
      String fault = faultOfPatch(request, thrown);
      if (fault != null) {
        return fault;
      }
    }
    if (isStumble(thrown) && passed(thrown, FINDING)) {
      return "The path names no type of resource, or no id";
    }
    if (request != null && thrown instanceof NullPointerException) {
      return missing(request, thrown);
    }
    if (thrown instanceof IllegalArgumentException && isFrom(thrown, URLDecoder.class)) {
      return "The URL has a percent sign that no two hexadecimal digits follow";
    }
    if (thrown instanceof StringIndexOutOfBoundsException && isFrom(thrown, JsonParser.class)) {
      return "A member of the JSON has no name";
    }
    return null;
  }

  /** What Java says where a library did not ask what it was given. */
  private static boolean isStumble(Throwable thrown) {
    return thrown instanceof IllegalArgumentException
        || thrown instanceof NullPointerException
        || thrown instanceof IndexOutOfBoundsException
        || thrown instanceof ArithmeticException
        || thrown instanceof ClassCastException;
  }

  private static @Nullable String faultOfPatch(RequestDetails request, Throwable thrown) {
    if (thrown instanceof NullPointerException && request.getId() == null) {
      return "A patch needs an id, or a condition";
    }
    return thrown instanceof IllegalArgumentException && isFrom(thrown, BaseMethodBinding.class)
        ? "A patch is JSON Patch, XML Patch, or FHIR's Parameters, with the Content-Type of its kind"
        : null;
  }

  /** What HAPI does without asking whether it was given. */
  private static @Nullable String missing(RequestDetails request, Throwable thrown) {
    if (isFrom(thrown, BaseTransactionProcessor.class)) {
      return "An entry of the bundle lacks a part of its request: give each a method and a url";
    }
    if ("$subsumes".equals(request.getOperation())) {
      return "$subsumes takes codeA, codeB and system, or codingA and codingB with their systems";
    }
    return null;
  }

  /** Where a request is read, by any frame: what fails there failed on what was sent. */
  private static boolean passed(Throwable thrown, Predicate<StackTraceElement> place) {
    return Arrays.stream(thrown.getStackTrace()).anyMatch(place);
  }

  /** HAPI would fail within the search, and no longer know why. */
  @Hook(Pointcut.STORAGE_PRESEARCH_REGISTERED)
  public void unsupported(SearchParameterMap search) {
    if (search.containsKey(Constants.PARAM_FILTER)) {
      throw new InvalidRequestException("_filter is not supported; use search parameters");
    }
    search
        .entrySet()
        .forEach(
            named ->
                named.getValue().stream()
                    .flatMap(List::stream)
                    .filter(CompositeParam.class::isInstance)
                    .map(CompositeParam.class::cast)
                    .filter(pair -> lacks(pair.getLeftValue()) || lacks(pair.getRightValue()))
                    .findFirst()
                    .ifPresent(
                        pair -> {
                          throw new InvalidRequestException(
                              named.getKey() + " takes two values with a $ between them");
                        }));
    search.values().stream()
        .flatMap(List::stream)
        .flatMap(List::stream)
        .filter(SpecialParam.class::isInstance)
        .forEach(place -> requirePlace(search, place));
  }

  /** The one kind of its own that HAPI's search takes is a place: {@code Location?near}. */
  private static void requirePlace(SearchParameterMap search, IQueryParameterType place) {
    if (place.getMissing() != null) {
      return;
    }
    double distance;
    try {
      distance = ParsedLocationParam.from(search, place).getDistanceKm();
    } catch (IllegalArgumentException | NullPointerException e) {
      throw new InvalidRequestException(
          "A place is latitude|longitude, |distance after it, and |unit after that", e);
    }
    if (!(distance >= 0 && distance <= CoordCalculator.MAX_SUPPORTED_DISTANCE_KM)) {
      throw new InvalidRequestException(
          "A distance is 0 to %.0f km".formatted(CoordCalculator.MAX_SUPPORTED_DISTANCE_KM));
    }
  }

  /** The parts of a pair tell so by being empty, by being null, or by an exception. */
  private static boolean lacks(@Nullable IQueryParameterType part) {
    try {
      return part == null || part.isEmpty() || part.getValueAsQueryToken().isBlank();
    } catch (NullPointerException e) {
      return true;
    }
  }

  private static boolean isFrom(Throwable thrown, Class<?> by) {
    StackTraceElement[] frames = thrown.getStackTrace();
    return Arrays.stream(frames).limit(FRAMES).anyMatch(f -> f.getClassName().equals(by.getName()));
  }

  /** Each issue's words, without classes. */
  @Hook(Pointcut.SERVER_OUTGOING_FAILURE_OPERATIONOUTCOME)
  public void plain(IBaseOperationOutcome outcome) {
    if (outcome instanceof OperationOutcome ours) {
      ours.getIssue()
          .forEach(
              issue -> {
                if (issue.hasDiagnostics()) {
                  issue.setDiagnostics(CLASS.matcher(issue.getDiagnostics()).replaceAll(""));
                }
              });
    }
  }
}
