package org.auscult.server.config;

import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import ca.uhn.fhir.parser.JsonParser;
import ca.uhn.fhir.rest.api.RequestTypeEnum;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.server.exceptions.BaseServerResponseException;
import ca.uhn.fhir.rest.server.exceptions.InvalidRequestException;
import java.net.URLDecoder;
import java.util.Arrays;
import java.util.regex.Pattern;
import org.hl7.fhir.instance.model.api.IBaseOperationOutcome;
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
    if (request != null && thrown instanceof NullPointerException) {
      return missing(request);
    }
    if (thrown instanceof IllegalArgumentException && isFrom(thrown, URLDecoder.class)) {
      return "The URL has a percent sign that no two hexadecimal digits follow";
    }
    if (thrown instanceof StringIndexOutOfBoundsException && isFrom(thrown, JsonParser.class)) {
      return "A member of the JSON has no name";
    }
    return null;
  }

  /** What HAPI does without asking whether it was given. */
  private static @Nullable String missing(RequestDetails request) {
    if ("$subsumes".equals(request.getOperation())) {
      return "$subsumes takes codeA, codeB and system, or codingA and codingB with their systems";
    }
    boolean isPatch = request.getRequestType() == RequestTypeEnum.PATCH;
    return isPatch && request.getId() == null ? "A patch needs an id, or a condition" : null;
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
