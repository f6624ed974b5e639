package org.auscult.server.auth.registry;

import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import org.auscult.access.Role;
import org.auscult.server.auth.page.PasswordPage;
import org.auscult.server.auth.registry.UserRegistry.Created;
import org.auscult.server.auth.registry.UserRegistry.Link;
import org.auscult.server.auth.user.User;
import org.auscult.server.auth.user.Users.Kept;
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

/** The users, for administrators. */
@RestController
public final class UserEndpoint {
  private static final String MEMBERS =
      "A user has name, displayName, fhirUser, roles, sites, disabled; not others";

  private final Administrators administrators;
  private final UserRegistry registry;
  private final PublicUrls urls;

  UserEndpoint(Administrators administrators, UserRegistry registry, PublicUrls urls) {
    this.administrators = administrators;
    this.registry = registry;
    this.urls = urls;
  }

  @GetMapping(RegistryApi.USERS)
  ResponseEntity<String> list(
      HttpServletRequest request,
      @RequestParam(value = "after", defaultValue = "") String after,
      @RequestParam(value = "count", defaultValue = "" + RegistryApi.USUAL_COUNT) int asked) {
    administrators.of(request);
    return RegistryApi.page(
        urls.root() + RegistryApi.USERS,
        "users",
        asked,
        count -> registry.page(after, count),
        kept -> kept.user().name(),
        UserEndpoint::json);
  }

  @GetMapping(RegistryApi.USERS + "/{name}")
  ResponseEntity<String> get(HttpServletRequest request, @PathVariable("name") String name) {
    administrators.of(request);
    return answer(HttpStatus.OK, registry.get(name));
  }

  @PostMapping(RegistryApi.USERS)
  ResponseEntity<String> create(
      HttpServletRequest request, @RequestBody(required = false) byte @Nullable [] body) {
    Administrator by = administrators.of(request);
    Created created = registry.create(by, RegistryApi.read(body, UserInput.class, MEMBERS));
    ObjectNode json = json(created.kept());
    add(json, created.link());
    return ResponseEntity.created(
            URI.create(
                urls.root() + RegistryApi.below(RegistryApi.USERS, created.kept().user().name())))
        .eTag("\"" + created.kept().version() + "\"")
        .contentType(MediaType.APPLICATION_JSON)
        .body(json.toString());
  }

  @PutMapping(RegistryApi.USERS + "/{name}")
  ResponseEntity<String> change(
      HttpServletRequest request,
      @PathVariable("name") String name,
      @RequestHeader(value = "If-Match", required = false) @Nullable String ifMatch,
      @RequestBody(required = false) byte @Nullable [] body) {
    Administrator by = administrators.of(request);
    long version = RegistryApi.version(ifMatch);
    UserInput input = RegistryApi.read(body, UserInput.class, MEMBERS);
    return answer(HttpStatus.OK, registry.change(by, name, version, input));
  }

  /** What may be said of a reset. */
  record Reset(boolean secondFactor) {}

  @PostMapping(RegistryApi.USERS + "/{name}/password-link")
  ResponseEntity<String> reset(
      HttpServletRequest request,
      @PathVariable("name") String name,
      @RequestBody(required = false) byte @Nullable [] body) {
    Administrator by = administrators.of(request);
    Reset asked =
        RegistryApi.read(body, Reset.class, "A reset has secondFactor, true or false; not others");
    ObjectNode json = RegistryApi.object();
    add(json, registry.reset(by, name, asked.secondFactor()));
    return RegistryApi.answer(HttpStatus.OK, json);
  }

  private void add(ObjectNode json, Link link) {
    json.put("passwordLink", urls.root() + PasswordPage.PATH + "?link=" + link.token());
    json.put("passwordLinkUntil", link.until().toString());
  }

  private static ResponseEntity<String> answer(HttpStatus status, Kept kept) {
    return RegistryApi.answer(status, kept.version(), json(kept));
  }

  private static ObjectNode json(Kept kept) {
    User user = kept.user();
    ObjectNode json = RegistryApi.object().put("name", user.name());
    json.put("id", user.id()).put("displayName", user.displayName());
    json.put("fhirUser", user.fhirUser());
    user.roles().stream().map(Role::code).sorted().forEach(json.putArray("roles")::add);
    user.sites().forEach(json.putArray("sites")::add);
    return json.put("disabled", user.disabled())
        .put("secondFactor", user.totpSecret() != null)
        .put("origin", kept.origin())
        .put("version", kept.version());
  }

  @ExceptionHandler
  ResponseEntity<String> refused(RegistryProblem problem) {
    return RegistryApi.problem(problem);
  }
}
