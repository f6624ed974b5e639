package org.auscult.server.auth;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.auscult.audit.AuditAgent;
import org.springframework.security.authentication.AnonymousAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;

/** Says in the request whose session it is, so that whatever is refused has a name in the log. */
final class KnownUser extends OncePerRequestFilter {
  private final AuthAudit audit;

  KnownUser(AuthAudit audit) {
    this.audit = audit;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    Authentication known = SecurityContextHolder.getContext().getAuthentication();
    if (known != null
        && known.isAuthenticated()
        && !(known instanceof AnonymousAuthenticationToken)) {
      request.setAttribute(AuditAgent.class.getName(), audit.agent(known.getName(), null));
    }
    chain.doFilter(request, response);
  }
}
