package org.auscult.server.web;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletRegistration;
import java.net.http.HttpClient;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.auscult.server.ServerTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.servlet.function.support.RouterFunctionMapping;
import org.springframework.web.servlet.handler.AbstractUrlHandlerMapping;
import org.springframework.web.servlet.mvc.method.RequestMappingInfoHandlerMapping;

/** Each path of the running server is named by a {@link Door}, which holds. */
class DoorTest extends ServerTest {
  /** What the container asks itself for, after an error; nobody gets there by a request. */
  private static final String ERROR = "/error";

  @Autowired private ApplicationContext context;
  @Autowired private ServletContext servlets;

  /** All paths that anything of the server is mapped to. */
  private Set<String> paths() {
    Set<String> paths = new TreeSet<>();
    for (ServletRegistration servlet : servlets.getServletRegistrations().values()) {
      paths.addAll(servlet.getMappings());
    }
    servlets
        .getFilterRegistrations()
        .values()
        .forEach(filter -> paths.addAll(filter.getUrlPatternMappings()));
    for (HandlerMapping mapping : context.getBeansOfType(HandlerMapping.class).values()) {
      paths.addAll(of(mapping));
    }
    // Spring's own servlet, whose mappings are among the others, and filters of everything.
    paths.removeAll(Set.of("/", "/*", "/**"));
    return paths;
  }

  private static Collection<String> of(HandlerMapping mapping) {
    if (mapping instanceof RequestMappingInfoHandlerMapping methods) {
      return methods.getHandlerMethods().keySet().stream()
          .flatMap(info -> info.getPatternValues().stream())
          .toList();
    }
    if (mapping instanceof AbstractUrlHandlerMapping urls) {
      return urls.getHandlerMap().keySet();
    }
    if (mapping instanceof RouterFunctionMapping router) {
      assertThat(router.getRouterFunction()).as("a router's paths are not known").isNull();
      return Set.of();
    }
    return Stream.of(mapping.getClass().getName()).filter(name -> !isEmpty(name)).toList();
  }

  /** The start page, of which there is none. */
  private static boolean isEmpty(String mapping) {
    return mapping.endsWith(".WelcomePageHandlerMapping")
        || mapping.endsWith(".WelcomePageNotAcceptableHandlerMapping");
  }

  private static String example(String pattern) {
    return pattern.replaceAll("\\{[^}]*}", "x").replaceFirst("/\\*+$", "/x");
  }

  @Test
  void eachPathIsNamed() {
    Set<String> unnamed = new TreeSet<>(paths());
    assertThat(unnamed).contains("/fhir/*", "/cds-services/{id}", "/login", "/actuator/health");
    unnamed.removeIf(path -> Door.of(example(path)).isPresent());

    // Of what is below /ehr, a filter records more than is there.
    assertThat(unnamed).containsExactlyInAnyOrder("/ehr/*", ERROR);
  }

  private int nobodyGets(String path) throws Exception {
    return HttpClient.newHttpClient()
        .send(caller().request(path).build(), BodyHandlers.discarding())
        .statusCode();
  }

  @Test
  void nobodyGetsAnAnswerWhereATokenIsAskedFor() throws Exception {
    int asked = 0;
    for (String pattern : paths()) {
      Door door = Door.of(example(pattern)).orElse(null);
      boolean isOpen = pattern.endsWith("/.well-known/smart-configuration");
      if (!isOpen && (door == Door.ACCESS_TOKEN || door == Door.SIGNED_CALL)) {
        asked++;
        assertThat(nobodyGets(example(pattern))).as(pattern).isIn(401, 404, 405);
      }
    }
    assertThat(asked).isGreaterThan(4);
    for (String path : new String[] {"/fhir/Patient", "/fhir", "/cds-services"}) {
      assertThat(nobodyGets(path)).as(path).isEqualTo(401);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "/actuator/health, EVERYBODY",
    "/actuator/health/liveness, EVERYBODY",
    "/actuator/prometheus, THIS_MACHINE",
    "/fhir, ACCESS_TOKEN",
    "/fhir/Patient/1/_history/2, ACCESS_TOKEN",
    "/cds-services/a/feedback, SIGNED_CALL",
    "/oauth2/authorize, SIGN_IN"
  })
  void whoMayPass(String path, Door door) {
    assertThat(Door.of(path)).hasValue(door);
  }

  /** What the container has decoded is not decoded again. */
  @Test
  void whatLooksLikeAnEscapeIsNone() throws Exception {
    assertThat(Door.of("/fhir/%zz/100%")).hasValue(Door.ACCESS_TOKEN);
    assertThat(Door.of("/%66hir/Patient")).isEmpty();
    assertThat(Door.of("/actuator/health;x")).isEmpty();
    assertThat(nobodyGets("/%25zz/env")).isEqualTo(404);
    assertThat(nobodyGets("/fhir/%25/x")).isEqualTo(401);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "/error",
        "/actuator",
        "/actuator/env",
        "/actuator/health/a/b",
        "/fhirx",
        "/ehr",
        "/ehr/x",
        "/ehr/x/fhir",
        "/cds-services/x/y",
        "/index.html",
        "/h2-console"
      })
  void whereThereIsNoDoorNothingIsThere(String path) throws Exception {
    assertThat(Door.of(path)).isEmpty();
    assertThat(nobodyGets(path)).isEqualTo(404);
  }
}
