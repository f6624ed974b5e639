package org.auscult.server.auth.page;

import jakarta.servlet.http.HttpServletRequest;
import java.security.Principal;
import org.auscult.server.auth.user.User;
import org.auscult.server.auth.user.Users;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Who is signed in, and how to sign out. */
@RestController
public final class AccountPage {
  private final Users users;

  public AccountPage(Users users) {
    this.users = users;
  }

  @GetMapping("/oauth2/account")
  ResponseEntity<String> show(HttpServletRequest request, Principal principal) {
    String name = users.active(principal.getName()).map(User::displayName).orElse("");
    return Pages.page(
        "You are signed in",
        """
        <p>%s</p>
        <form method="post" action="/logout">
        %s
        <button>Sign out</button>
        </form>
        """
            .formatted(Pages.text(name), Pages.csrf(request)));
  }
}
