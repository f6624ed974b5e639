package org.auscult.server.auth.registry;

import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import org.auscult.server.auth.client.Clients;
import org.auscult.server.auth.client.Clients.Kept;
import org.auscult.server.auth.registry.ClientRegistry.Told;
import org.auscult.server.config.PublicUrls;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The clients, for administrators. */
@RestController
public final class ClientEndpoint {
  private final Administrators administrators;
  private final ClientRegistry registry;
  private final PublicUrls urls;

  ClientEndpoint(Administrators administrators, ClientRegistry registry, PublicUrls urls) {
    this.administrators = administrators;
    this.registry = registry;
    this.urls = urls;
  }

  @GetMapping(RegistryApi.CLIENTS)
  ResponseEntity<String> list(
      HttpServletRequest request,
      @RequestParam(value = "after", defaultValue = "") String after,
      @RequestParam(value = "count", defaultValue = "" + RegistryApi.USUAL_COUNT) int asked) {
    administrators.of(request);
    return RegistryApi.page(
        urls.root() + RegistryApi.CLIENTS,
        "clients",
        asked,
        count -> registry.page(after, count),
        kept -> kept.client().id(),
        ClientEndpoint::json);
  }

  @GetMapping(RegistryApi.CLIENTS + "/{id}")
  ResponseEntity<String> get(HttpServletRequest request, @PathVariable("id") String id) {
    administrators.of(request);
    Kept kept = registry.get(id);
    return RegistryApi.answer(HttpStatus.OK, kept.version(), json(kept));
  }

  @PostMapping(RegistryApi.CLIENTS)
  ResponseEntity<String> create(
      HttpServletRequest request, @RequestBody(required = false) byte @Nullable [] body) {
    Administrator by = administrators.of(request);
    Told told = registry.create(by, RegistryApi.read(body));
    return ResponseEntity.created(
            URI.create(
                urls.root() + RegistryApi.below(RegistryApi.CLIENTS, told.kept().client().id())))
        .eTag("\"" + told.kept().version() + "\"")
        .contentType(MediaType.APPLICATION_JSON)
        .body(json(told).toString());
  }

  @PutMapping(RegistryApi.CLIENTS + "/{id}")
  ResponseEntity<String> change(
      HttpServletRequest request,
      @PathVariable("id") String id,
      @RequestHeader(value = "If-Match", required = false) @Nullable String ifMatch,
      @RequestBody(required = false) byte @Nullable [] body) {
    Administrator by = administrators.of(request);
    long version = RegistryApi.version(ifMatch);
    Kept kept = registry.change(by, id, version, RegistryApi.read(body));
    return RegistryApi.answer(HttpStatus.OK, kept.version(), json(kept));
  }

  @PostMapping(RegistryApi.CLIENTS + "/{id}/secret")
  ResponseEntity<String> rotate(HttpServletRequest request, @PathVariable("id") String id) {
    Told told = registry.rotate(administrators.of(request), id);
    return RegistryApi.answer(HttpStatus.OK, told.kept().version(), json(told));
  }

  private static ObjectNode json(Told told) {
    ObjectNode json = json(told.kept());
    return told.secret() == null ? json : json.put("secret", told.secret());
  }

  /** Everything but the hash of its secret. */
  private static ObjectNode json(Kept kept) {
    ObjectNode json = Clients.json(kept.client());
    json.remove("secretHash");
    return json.put("disabled", kept.disabled())
        .put("origin", kept.origin())
        .put("version", kept.version());
  }

  @ExceptionHandler
  ResponseEntity<String> refused(RegistryProblem problem) {
    return RegistryApi.problem(problem);
  }
}
