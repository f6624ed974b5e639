package org.auscult.server.web;

import ca.uhn.fhir.rest.server.exceptions.BaseServerResponseException;
import ca.uhn.fhir.rest.server.exceptions.InvalidRequestException;
import ca.uhn.fhir.rest.server.exceptions.PayloadTooLargeException;
import ca.uhn.fhir.rest.server.exceptions.UnclassifiedServerFailureException;
import ca.uhn.fhir.util.DateUtils;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.auscult.server.web.LimitedBody.Excess;
import org.auscult.server.web.LimitedBody.Limits;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.server.ResponseStatusException;

/**
 * Turns away what no honest client sends, before anything reads it. What it answers repeats nothing
 * of the request.
 */
final class RequestLimits extends OncePerRequestFilter {
  /** Characters of path and query; the container takes 16 kB with all headers. */
  static final int LONGEST_URL = 12_000;

  private static final long OTHER_BODY_LIMIT = 1_000_000;
  private static final Set<String> METHODS =
      Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");

  /** HAPI's form of it; it would trip over any other. */
  private static final Pattern RETRY = Pattern.compile("\\s*retry\\s*(;\\s*max-retries=\\d{1,2})?");

  private static final Pattern VERSION = Pattern.compile("\\s*(W/)?\"?\\d{1,18}\"?\\s*");

  private static final Pattern BROKEN_ESCAPE = Pattern.compile("%(?![0-9A-Fa-f]{2})");

  private static final Pattern TRIPLES = Pattern.compile("turtle|ttl|rdf|n-triples|\\bn3\\b");

  private final WebSettings settings;

  RequestLimits(WebSettings settings) {
    this.settings = settings;
  }

  /** An answer without a look at the request's body. */
  private record Turned(int status, String why) {}

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    Area area = Area.of(request);
    Optional<Turned> turned = turned(area, request);
    if (turned.isPresent()) {
      answer(turned.get(), area, response);
    } else {
      answered(new Limited(request, limits(area, request), area), response, chain);
    }
  }

  /** A body that breaks off or is framed wrongly is the client's fault, wherever it is noticed. */
  private static void answered(Limited request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    try {
      chain.doFilter(request, response);
    } catch (ServletException | RuntimeException e) {
      boolean isAnswered = response.isCommitted() && response.getStatus() >= 400;
      if (!isAnswered && !isUnreadable(e)) {
        throw e;
      }
      if (!response.isCommitted()) {
        answer(new Turned(400, "The body could not be read"), request.area, response);
      }
    }
  }

  private static boolean isUnreadable(Throwable thrown) {
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      if (cause instanceof HttpMessageNotReadableException) {
        return true;
      }
    }
    return false;
  }

  private Optional<Turned> turned(Area area, HttpServletRequest request) {
    if (!METHODS.contains(request.getMethod())) {
      return Optional.of(new Turned(405, "No such method is known here"));
    }
    String query = request.getQueryString();
    if (request.getRequestURI().length() + (query == null ? 0 : query.length()) > LONGEST_URL) {
      return Optional.of(
          new Turned(414, "The URL is longer than " + LONGEST_URL + " characters; search by POST"));
    }
    if (isHidden(area, request)) {
      return Optional.of(new Turned(404, "Not here"));
    }
    if (query != null && BROKEN_ESCAPE.matcher(query).find()) {
      return Optional.of(
          new Turned(400, "The query has a percent sign that no two hexadecimal digits follow"));
    }
    String retry = request.getHeader("X-Retry-On-Version-Conflict");
    if (retry != null && !RETRY.matcher(retry).matches()) {
      return Optional.of(
          new Turned(
              400,
              "X-Retry-On-Version-Conflict is 'retry; max-retries=N', N of two digits at most"));
    }
    String since = request.getHeader("If-Modified-Since");
    if (since != null && DateUtils.parseDate(since) == null) {
      return Optional.of(new Turned(400, "If-Modified-Since is no date of HTTP"));
    }
    String accepted = request.getHeader("Accept");
    if (accepted != null && accepted.isBlank()) {
      return Optional.of(new Turned(400, "Accept is empty; name a type, or leave it out"));
    }
    String type = request.getHeader("Content-Type");
    if (type != null && type.contains("*")) {
      return Optional.of(new Turned(415, "Content-Type names no one type"));
    }
    if (area == Area.HOOKS) {
      return Optional.empty();
    }
    String version = request.getHeader("If-Match");
    if (area == Area.FHIR && version != null && !VERSION.matcher(version).matches()) {
      return Optional.of(new Turned(400, "If-Match is a version such as W/\"3\""));
    }
    if (area == Area.FHIR && isTriples(request.getContentType())) {
      return Optional.of(new Turned(415, "Resources are taken as JSON and XML"));
    }
    String encoding = request.getHeader("Content-Encoding");
    if (encoding != null && !encoding.equalsIgnoreCase("identity")) {
      return Optional.of(new Turned(415, "Bodies are taken uncompressed only"));
    }
    if (request.getContentLengthLong() > limit(area)) {
      return Optional.of(new Turned(413, tooLarge(limit(area))));
    }
    return Optional.empty();
  }

  private static String tooLarge(long limit) {
    return "The body is larger than " + limit + " bytes; send it in parts";
  }

  private long limit(Area area) {
    return switch (area) {
      case FHIR -> settings.fhirBodyLimit();
      case HOOKS -> Long.MAX_VALUE;
      case MANAGEMENT, OTHER -> OTHER_BODY_LIMIT;
    };
  }

  private Limits limits(Area area, HttpServletRequest request) {
    return new Limits(limit(area), area != Area.HOOKS && isNested(request.getContentType()));
  }

  private static boolean isNested(@Nullable String contentType) {
    if (contentType == null) {
      return true;
    }
    String type = contentType.toLowerCase(Locale.ROOT);
    return type.contains("json") || type.contains("xml") || type.startsWith("text/");
  }

  /** HAPI reads RDF too, by a parser of another project that nobody needs here. */
  private static boolean isTriples(@Nullable String contentType) {
    return contentType != null && TRIPLES.matcher(contentType.toLowerCase(Locale.ROOT)).find();
  }

  /** The page of errors is where the container leads, not a place to ask for. */
  private boolean isHidden(Area area, HttpServletRequest request) {
    return (area == Area.MANAGEMENT && !isOpen(request))
        || request.getServletPath().equals("/error");
  }

  /** Health is for load balancers; the rest of it for this machine, unless opened. */
  private boolean isOpen(HttpServletRequest request) {
    String path = request.getServletPath();
    if (settings.metricsForAll()
        || path.equals("/actuator/health")
        || path.startsWith("/actuator/health/")) {
      return true;
    }
    boolean isForwarded =
        request.getHeader("Forwarded") != null || request.getHeader("X-Forwarded-For") != null;
    try {
      return !isForwarded && InetAddress.getByName(request.getRemoteAddr()).isLoopbackAddress();
    } catch (UnknownHostException e) {
      return false;
    }
  }

  private static void answer(Turned turned, Area area, HttpServletResponse response)
      throws IOException {
    boolean isFhir = area == Area.FHIR;
    String body =
        isFhir
            ? "{\"resourceType\":\"OperationOutcome\",\"issue\":[{\"severity\":\"error\",\"code\":"
                + "\"not-supported\",\"diagnostics\":\""
                + turned.why()
                + "\"}]}"
            : turned.why() + "\n";
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    response.setStatus(turned.status());
    response.setContentType(
        isFhir ? "application/fhir+json;charset=UTF-8" : "text/plain;charset=UTF-8");
    if (turned.status() == 405) {
      response.setHeader("Allow", String.join(", ", METHODS.stream().sorted().toList()));
    }
    response.setContentLength(bytes.length);
    response.getOutputStream().write(bytes);
  }

  /** The same request, its body within limits. */
  private static final class Limited extends HttpServletRequestWrapper {
    private final Limits limits;
    private final Area area;
    private @Nullable LimitedBody body;

    Limited(HttpServletRequest request, Limits limits, Area area) {
      super(request);
      this.limits = limits;
      this.area = area;
    }

    @Override
    public ServletInputStream getInputStream() throws IOException {
      LimitedBody known = body;
      if (known == null) {
        known = new LimitedBody(super.getInputStream(), limits, this::refused, System::nanoTime);
        body = known;
      }
      return known;
    }

    @Override
    public BufferedReader getReader() throws IOException {
      String encoding = getCharacterEncoding();
      Charset charset = encoding == null ? StandardCharsets.UTF_8 : Charset.forName(encoding);
      return new BufferedReader(new InputStreamReader(getInputStream(), charset));
    }

    /** HAPI and Spring each answer exceptions of their own as these say. */
    private RuntimeException refused(Excess excess) {
      return area == Area.FHIR ? fhir(excess) : new ResponseStatusException(status(excess));
    }

    private static HttpStatus status(Excess excess) {
      return switch (excess) {
        case SIZE -> HttpStatus.PAYLOAD_TOO_LARGE;
        case DEPTH, NUMBER -> HttpStatus.BAD_REQUEST;
        case SLOWNESS -> HttpStatus.REQUEST_TIMEOUT;
      };
    }

    private BaseServerResponseException fhir(Excess excess) {
      return switch (excess) {
        case SIZE -> new PayloadTooLargeException(tooLarge(limits.bytes()));
        case DEPTH ->
            new InvalidRequestException(
                "The body is nested deeper than " + LimitedBody.DEEPEST + " levels");
        case NUMBER ->
            new InvalidRequestException(
                "The body has a number of more than 200 digits, or with an exponent of more than"
                    + " two");
        case SLOWNESS -> new UnclassifiedServerFailureException(408, "The body came too slowly");
      };
    }
  }
}
