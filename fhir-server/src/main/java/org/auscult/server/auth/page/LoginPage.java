package org.auscult.server.auth.page;

import jakarta.servlet.http.HttpServletRequest;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Where a user signs in. Whatever was wrong, it says the same. */
@RestController
public final class LoginPage {
  @GetMapping("/login")
  ResponseEntity<String> show(HttpServletRequest request) {
    String message =
        request.getParameter("refused") != null
            ? """
              <p role="alert">Name, password or code is wrong, or there were too many attempts.
              Wait a little and try again.</p>
              """
            : request.getParameter("bye") != null
                ? "<p role=\"status\">You are signed out.</p>"
                : "";
    return Pages.page(
        "Sign in",
        """
        %s
        <form method="post" action="/login">
        %s
        <label for="username">Name</label>
        <input id="username" name="username" autocomplete="username" required autofocus
          autocapitalize="none" spellcheck="false">
        <label for="password">Password</label>
        <input id="password" name="password" type="password" autocomplete="current-password" required>
        <label for="code">Code of your authenticator app, if you have one</label>
        <input id="code" name="code" inputmode="numeric" autocomplete="one-time-code">
        <button>Sign in</button>
        </form>
        """
            .formatted(message, Pages.csrf(request)));
  }
}
