package org.auscult.server.auth;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.auscult.access.RefusalReason;
import org.auscult.access.Role;
import org.auscult.audit.AuditAction;
import org.auscult.audit.AuditAgent;
import org.auscult.audit.AuditEntry;
import org.auscult.audit.AuditKind;
import org.auscult.audit.AuditOutcome;
import org.auscult.audit.AuditTrail;
import org.auscult.server.auth.ehr.LaunchLog;
import org.auscult.server.auth.grant.GrantLog;
import org.auscult.server.auth.launch.PatientDirectory.Question;
import org.auscult.server.auth.launch.PickerLog;
import org.auscult.server.auth.page.PatientPage;
import org.auscult.server.auth.registry.RegistryLog;
import org.auscult.server.auth.user.LoginLog;
import org.auscult.server.auth.user.User;
import org.auscult.server.auth.user.Users;
import org.auscult.server.config.PublicUrls;
import org.jspecify.annotations.Nullable;
import org.springframework.web.context.request.RequestAttributes;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;
import org.springframework.web.util.UriComponentsBuilder;

/**
 * Records what the authorization server does, before it answers: sign-ins, consents, tokens, and
 * what was refused. Never a token, a code, a password, or what somebody typed as a name.
 */
final class AuthAudit implements LoginLog, LaunchLog, PickerLog, RegistryLog, GrantLog {
  private final AuditTrail trail;
  private final Users users;
  private final PublicUrls urls;

  AuthAudit(AuditTrail trail, Users users, PublicUrls urls) {
    this.trail = trail;
    this.users = users;
    this.urls = urls;
  }

  @Override
  public void signedIn(User user, String address) {
    record(entry(AuditKind.LOGIN, "login").by(agent(user, null)));
  }

  @Override
  public void refused(@Nullable User user, String address) {
    AuditAgent agent = user == null ? AuditAgent.unknown(address()) : agent(user, null);
    record(
        entry(AuditKind.LOGIN, "login").by(agent).outcome(AuditOutcome.MINOR_FAILURE, "refused"));
  }

  @Override
  public void launched(User user, String ehr, String application, String patient) {
    record(
        entry(AuditKind.LOGIN, "launch")
            .by(agent(user, application))
            .patients(List.of(patient))
            .detail("ehr", ehr));
  }

  @Override
  public void launchRefused(@Nullable String ehr, @Nullable String application, String reason) {
    AuditEntry.Builder entry =
        entry(AuditKind.LOGIN, "launch")
            .by(new AuditAgent(null, null, null, application, List.of(), null, address()))
            .outcome(AuditOutcome.MINOR_FAILURE, reason);
    record(ehr == null ? entry : entry.detail("ehr", ehr));
  }

  @Override
  public void changed(
      User by, String client, String operation, String name, Map<String, String> values) {
    AuditAction action = operation.endsWith("create") ? AuditAction.CREATE : AuditAction.UPDATE;
    AuditEntry.Builder entry =
        AuditEntry.of(AuditKind.CONFIGURATION, action, operation)
            .request(UUID.randomUUID().toString())
            .by(agent(by, client))
            .detail("name", name);
    values.forEach(entry::detail);
    record(entry);
  }

  @Override
  public void credentialsSet(User user, boolean secondFactor) {
    record(
        AuditEntry.of(AuditKind.CONFIGURATION, AuditAction.UPDATE, "user credentials")
            .request(UUID.randomUUID().toString())
            .by(agent(user, null))
            .detail("name", user.name())
            .detail("second-factor", String.valueOf(secondFactor)));
  }

  @Override
  public void refused(@Nullable User by, @Nullable String client, String reason) {
    record(
        entry(AuditKind.ACCESS_DENIED, "registry")
            .by(by == null ? AuditAgent.unknown(address()) : agent(by, client))
            .outcome(AuditOutcome.MINOR_FAILURE, reason));
  }

  /** A user signed out. */
  void signedOut(String user) {
    record(entry(AuditKind.LOGIN, "logout").by(agent(user, null)));
  }

  /** What a search of patients is in the log, whoever answers it. */
  @Override
  public void shown(User user, String client, Question question, List<String> patients) {
    UriComponentsBuilder asked = UriComponentsBuilder.fromPath(PatientPage.PATH);
    add(asked, "name", question.name());
    add(asked, "identifier", question.identifier());
    add(asked, "birthdate", question.birthDate());
    record(
        entry(AuditKind.REST, AuditAction.EXECUTE, "search Patient")
            .by(agent(user, client))
            .at(user.sites())
            .query(asked.encode().build().toUriString())
            .patients(patients));
  }

  private static void add(UriComponentsBuilder asked, String name, String value) {
    if (!value.isBlank()) {
      asked.queryParam(name, "{" + name + "}").uriVariables(Map.of(name, value));
    }
  }

  @Override
  public void notAllowed(User user, String client, String patient) {
    boolean isId = patient.matches("[A-Za-z0-9.-]{1,64}");
    record(
        entry(AuditKind.ACCESS_DENIED, AuditAction.READ, "read Patient")
            .by(agent(user, client))
            .at(user.sites())
            .patients(isId ? List.of(patient) : List.of())
            .outcome(AuditOutcome.MINOR_FAILURE, RefusalReason.OUT_OF_REACH.code()));
  }

  /** A user agreed, or an application of the operator needed no agreement: a code was given. */
  void allowed(String user, String client, Iterable<String> scopes) {
    record(
        entry(AuditKind.CONSENT, "authorize")
            .by(agent(user, client))
            .detail("scope", String.join(" ", scopes)));
  }

  /** A token was issued, introspected or revoked for a client, perhaps in a user's name. */
  void token(
      String operation, @Nullable String user, String client, String scope, List<String> patients) {
    record(
        entry(AuditKind.TOKEN, operation)
            .by(agent(user, client))
            .patients(patients)
            .detail("scope", scope));
  }

  /** One of the two who have the token is not the one to whom it was given. */
  @Override
  public void reused(String user, String client) {
    record(
        entry(AuditKind.TOKEN, AuditTrail.REFRESH_TOKEN_REUSE)
            .by(agent(user, client))
            .outcome(AuditOutcome.SERIOUS_FAILURE, AuditTrail.REFRESH_TOKEN_REUSE));
  }

  /** Something was refused, for a reason that is one of OAuth's codes. */
  void refusal(String operation, @Nullable String user, @Nullable String client, String error) {
    record(
        entry(AuditKind.TOKEN, operation)
            .by(client == null ? AuditAgent.unknown(address()) : agent(user, client))
            .outcome(AuditOutcome.MINOR_FAILURE, error));
  }

  private void record(AuditEntry.Builder entry) {
    AuditEntry made = entry.build();
    trail.record(made);
    RequestAttributes request = RequestContextHolder.getRequestAttributes();
    if (request != null && made.outcome() != AuditOutcome.SUCCESS) {
      request.setAttribute(AuditTrail.RECORDED, true, RequestAttributes.SCOPE_REQUEST);
    }
  }

  private static AuditEntry.Builder entry(AuditKind kind, String operation) {
    return entry(kind, AuditAction.EXECUTE, operation);
  }

  private static AuditEntry.Builder entry(AuditKind kind, AuditAction action, String operation) {
    return AuditEntry.of(kind, action, operation).request(UUID.randomUUID().toString());
  }

  /** As whom the log knows a user, perhaps in an application. */
  AuditAgent agent(@Nullable String user, @Nullable String client) {
    Optional<User> known = user == null ? Optional.empty() : users.active(user);
    return known
        .map(person -> agent(person, client))
        .orElseGet(
            () -> new AuditAgent(urls.root(), user, null, client, List.of(), null, address()));
  }

  private AuditAgent agent(User user, @Nullable String client) {
    return new AuditAgent(
        urls.root(),
        user.id(),
        user.fhirUser(),
        client,
        user.roles().stream().map(Role::code).toList(),
        null,
        address());
  }

  private static @Nullable String address() {
    return RequestContextHolder.getRequestAttributes() instanceof ServletRequestAttributes now
        ? address(now.getRequest())
        : null;
  }

  private static String address(HttpServletRequest request) {
    return request.getRemoteAddr();
  }
}
