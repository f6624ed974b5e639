package org.auscult.server.auth.page;

import java.net.URI;
import java.security.Principal;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.auscult.server.auth.client.Client;
import org.auscult.server.auth.client.Clients;
import org.auscult.server.auth.grant.JdbcGrants;
import org.auscult.server.auth.grant.LaunchParameter;
import org.auscult.server.auth.launch.Launch;
import org.auscult.server.auth.launch.Launches;
import org.auscult.server.auth.launch.PatientDirectory;
import org.auscult.server.auth.launch.PatientDirectory.Found;
import org.auscult.server.auth.scope.PlainWords;
import org.auscult.server.auth.scope.ScopeLimits;
import org.auscult.server.auth.user.User;
import org.auscult.server.auth.user.Users;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationRequest;
import org.springframework.security.oauth2.server.authorization.OAuth2Authorization;
import org.springframework.security.oauth2.server.authorization.OAuth2TokenType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/**
 * Where a user agrees to what an application asks for, or to a part of it. What is shown comes from
 * the request that was kept, never from this page's own address; its {@code state}, known to this
 * user's browser alone, is what keeps other pages from agreeing in the user's name.
 */
@RestController
public final class ConsentPage {
  private static final OAuth2TokenType STATE = new OAuth2TokenType("state");

  private final JdbcGrants grants;
  private final Clients clients;
  private final Users users;
  private final Launches launches;
  private final PatientDirectory patients;

  public ConsentPage(
      JdbcGrants grants,
      Clients clients,
      Users users,
      Launches launches,
      PatientDirectory patients) {
    this.grants = grants;
    this.clients = clients;
    this.users = users;
    this.launches = launches;
    this.patients = patients;
  }

  @GetMapping("/oauth2/consent")
  ResponseEntity<String> show(Principal principal, @RequestParam("state") String state) {
    OAuth2Authorization grant = grants.findByToken(state, STATE);
    if (grant == null || !grant.getPrincipalName().equals(principal.getName())) {
      throw new ResponseStatusException(HttpStatus.NOT_FOUND);
    }
    OAuth2AuthorizationRequest asked =
        grant.getAttribute(OAuth2AuthorizationRequest.class.getName());
    Client client = clients.find(grant.getRegisteredClientId()).orElseThrow(ConsentPage::gone);
    User user = users.active(principal.getName()).orElseThrow(ConsentPage::gone);
    if (asked == null) {
      throw gone();
    }
    List<String> scopes =
        asked.getScopes().stream()
            .sorted(
                Comparator.comparing(ConsentPage::isChoice)
                    .thenComparing(Comparator.naturalOrder()))
            .toList();
    return Pages.page(
        "Allow access?",
        """
        <p><b>%s</b> asks for access to health records in your name, %s.%s
        The answer goes to %s.</p>
        <form method="post" action="/oauth2/authorize">
        %s
        <fieldset><legend>It may</legend>
        %s
        </fieldset>
        <button>Allow</button>
        </form>
        <form method="post" action="/oauth2/authorize">
        %s
        <button class="no">Refuse</button>
        </form>
        """
            .formatted(
                Pages.text(client.name()),
                Pages.text(user.displayName()),
                patient(asked.getAdditionalParameters(), client, user),
                Pages.text(host(asked.getRedirectUri())),
                names(client, state),
                scopes.stream().map(ConsentPage::choice).collect(Collectors.joining("\n")),
                names(client, state)));
  }

  private String patient(Map<String, Object> parameters, Client client, User user) {
    LaunchParameter parameter = LaunchParameter.of(parameters);
    Launch launch =
        parameter == null
            ? null
            : launches.find(parameter.kind(), parameter.id(), client.id(), user.id()).orElse(null);
    if (launch == null || launch.patient() == null) {
      return "";
    }
    Found found = patients.get(user, launch.patient());
    String name =
        found == null ? "Patient/" + launch.patient() : found.name() + ", " + found.birthDate();
    return " It is about <b>" + Pages.text(name) + "</b>.";
  }

  private static String names(Client client, String state) {
    return Pages.hidden("client_id", client.id()) + Pages.hidden("state", state);
  }

  /** What says nothing of records needs no choice. */
  private static boolean isChoice(String scope) {
    return !ScopeLimits.CONTEXT.contains(scope) || scope.endsWith("_access");
  }

  private static String choice(String scope) {
    String words = Pages.text(PlainWords.of(scope));
    if (!isChoice(scope)) {
      return Pages.hidden("scope", scope) + "<p>" + words + "</p>";
    }
    return "<label class=\"choice\"><input type=\"checkbox\" name=\"scope\" value=\"%s\" checked> %s</label>"
        .formatted(Pages.text(scope), words);
  }

  private static String host(@Nullable String redirectUri) {
    URI uri = URI.create(String.valueOf(redirectUri));
    return uri.getHost() == null ? String.valueOf(uri.getScheme()) : uri.getHost();
  }

  private static ResponseStatusException gone() {
    return new ResponseStatusException(HttpStatus.NOT_FOUND);
  }
}
