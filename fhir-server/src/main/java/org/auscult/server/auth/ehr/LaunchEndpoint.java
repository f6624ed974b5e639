package org.auscult.server.auth.ehr;

import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.util.Optional;
import org.auscult.server.auth.client.Clients;
import org.auscult.server.auth.ehr.EhrLaunch.Callback;
import org.auscult.server.auth.page.Pages;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/**
 * Where EHRs launch applications, and where their authorization servers send the browser back. What
 * is refused is told on a page that says what to do, in the frame of an EHR that we know.
 */
@RestController
public final class LaunchEndpoint {
  private final EhrLaunch launch;
  private final Ehrs ehrs;
  private final Clients clients;
  private final EhrAssertions assertions;
  private final BrowserCookie cookie;
  private final LaunchLog log;

  LaunchEndpoint(
      EhrLaunch launch,
      Ehrs ehrs,
      Clients clients,
      EhrAssertions assertions,
      BrowserCookie cookie,
      LaunchLog log) {
    this.launch = launch;
    this.ehrs = ehrs;
    this.clients = clients;
    this.assertions = assertions;
    this.cookie = cookie;
    this.log = log;
  }

  @GetMapping("/launch/{application}")
  ResponseEntity<String> begin(
      HttpServletRequest request, @PathVariable("application") String application) {
    String iss = only(request, "iss");
    String browser = cookie.of(request).orElseGet(BrowserCookie::random);
    try {
      return to(launch.begin(application, iss, only(request, "launch"), browser), browser);
    } catch (LaunchRefused e) {
      String known = clients.find(application).isPresent() ? application : null;
      return page(e.problem(), launch.ehrOf(iss).map(Ehr::id), known);
    }
  }

  @GetMapping(EhrLaunch.CALLBACK + "{ehr}")
  ResponseEntity<String> finish(HttpServletRequest request, @PathVariable("ehr") String ehr) {
    Callback callback =
        new Callback(
            only(request, "code"),
            only(request, "state"),
            only(request, "iss"),
            only(request, "error"));
    try {
      String browser = cookie.of(request).orElse(null);
      return to(launch.finish(ehr, callback, browser), null);
    } catch (LaunchRefused e) {
      return page(e.problem(), ehrs.find(ehr).map(Ehr::id), null);
    }
  }

  /** The keys by which this server proves to EHRs who it is. */
  @GetMapping("/oauth2/launch-jwks")
  ResponseEntity<String> keys() {
    return ResponseEntity.ok()
        .contentType(MediaType.APPLICATION_JSON)
        .body(assertions.publicKeys());
  }

  /** A parameter that is given twice could be read in two ways, so it is none. */
  private static @Nullable String only(HttpServletRequest request, String name) {
    String[] values = request.getParameterValues(name);
    return values != null && values.length == 1 ? values[0] : null;
  }

  private ResponseEntity<String> to(String url, @Nullable String browser) {
    ResponseEntity.BodyBuilder answer =
        ResponseEntity.status(HttpStatus.FOUND).location(URI.create(url));
    if (browser != null) {
      answer.header(HttpHeaders.SET_COOKIE, cookie.header(browser));
    }
    return answer.build();
  }

  private ResponseEntity<String> page(
      LaunchProblem problem, Optional<String> ehr, @Nullable String application) {
    log.launchRefused(ehr.orElse(null), application, problem.code());
    ResponseEntity<String> page =
        Pages.page(
            "The application was not opened",
            "<p role=\"alert\">%s</p>".formatted(Pages.text(problem.advice())));
    return ResponseEntity.status(problem.status())
        .headers(page.getHeaders())
        .header(
            "Content-Security-Policy",
            "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none';"
                + " frame-ancestors "
                + ehr.map(ehrs::framing).orElse("'none'"))
        .body(page.getBody());
  }
}
