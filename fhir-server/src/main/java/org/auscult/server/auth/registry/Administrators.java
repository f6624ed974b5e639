package org.auscult.server.auth.registry;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import org.auscult.access.Role;
import org.auscult.server.auth.grant.OwnAccessTokens;
import org.auscult.server.auth.scope.ScopeLimits;
import org.auscult.server.auth.user.SecondFactor;
import org.auscult.server.auth.user.User;
import org.auscult.server.auth.user.Users;
import org.springframework.security.oauth2.jwt.Jwt;

/**
 * Lets in who bears a token of this server with the scope of the registry, and is an administrator
 * at this moment, with a second factor wherever the role asks for one.
 */
final class Administrators {
  private final OwnAccessTokens tokens;
  private final Users users;
  private final SecondFactor secondFactor;
  private final RegistryLog log;

  Administrators(OwnAccessTokens tokens, Users users, SecondFactor secondFactor, RegistryLog log) {
    this.tokens = tokens;
    this.users = users;
    this.secondFactor = secondFactor;
    this.log = log;
  }

  Administrator of(HttpServletRequest request) {
    Optional<Jwt> token = tokens.of(request);
    Optional<User> user = token.flatMap(valid -> users.active(valid.getSubject()));
    if (token.isEmpty() || user.isEmpty()) {
      log.refused(null, null, "login");
      throw RegistryProblem.unauthenticated();
    }
    User person = user.get();
    String client = String.valueOf(token.get().getClaimAsString("client_id"));
    boolean isAsked =
        ScopeLimits.split(String.valueOf(token.get().getClaimAsString("scope")))
            .contains(ScopeLimits.REGISTRY);
    boolean isSure = person.totpSecret() != null || !secondFactor.isNeeded(person.roles());
    if (!isAsked || !isSure || !person.roles().contains(Role.ADMINISTRATOR)) {
      log.refused(person, client, "forbidden");
      throw RegistryProblem.forbidden(
          "Only an administrator keeps users and clients, with a token of the scope"
              + " auscult/registry");
    }
    return new Administrator(person, client);
  }
}
