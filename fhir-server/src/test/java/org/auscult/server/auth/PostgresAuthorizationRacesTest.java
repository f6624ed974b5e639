package org.auscult.server.auth;

import org.auscult.server.PostgresServerTest;
import org.auscult.server.auth.client.Clients;
import org.auscult.server.auth.launch.Launches;
import org.auscult.server.auth.user.Users;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.security.crypto.password.PasswordEncoder;

class PostgresAuthorizationRacesTest extends PostgresServerTest {
  @Autowired private Users users;
  @Autowired private Clients clients;
  @Autowired private Launches launches;
  @Autowired private JdbcTemplate jdbc;
  @Autowired private PasswordEncoder passwords;

  private AuthorizationRaces races() {
    return new AuthorizationRaces(rootUrl(), users, clients, launches, jdbc, passwords);
  }

  /** SMART: 12. */
  @Test
  void aCodeIsExchangedOnce() throws Exception {
    races().aCodeIsExchangedOnce();
  }

  /** SMART: 18. */
  @Test
  void aRefreshTokenIsUsedOnceAndItsReuseEndsAll() throws Exception {
    races().aRefreshTokenIsUsedOnceAndItsReuseEndsAll();
  }

  @Test
  void aLaunchIsUsedOnce() throws Exception {
    races().aLaunchIsUsedOnce();
  }

  /** SMART: 40. */
  @Test
  void anAssertionCountsOnce() throws Exception {
    races().anAssertionCountsOnce();
  }

  @Test
  void aCodeOfTheSecondFactorCountsOnce() throws Exception {
    races().aCodeOfTheSecondFactorCountsOnce();
  }

  @Test
  void failuresOfSignInAreAllCounted() throws Exception {
    races().failuresOfSignInAreAllCounted();
  }

  @Test
  void whoGuessesIsStoppedAlsoWithTheRightPassword() throws Exception {
    races().whoGuessesIsStoppedAlsoWithTheRightPassword();
  }
}
