package org.auscult.server.auth.user;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;

class LoginThrottleTest {
  private final AtomicReference<Instant> now =
      new AtomicReference<>(Instant.parse("2026-01-01T00:00:00Z"));
  private final InstantSource clock = now::get;
  private LoginThrottle throttle = new LoginThrottle(new JdbcTemplate(), clock);

  @BeforeEach
  void table() {
    JdbcDataSource database = new JdbcDataSource();
    database.setURL("jdbc:h2:mem:throttle-" + System.nanoTime() + ";DB_CLOSE_DELAY=-1");
    JdbcTemplate jdbc = new JdbcTemplate(database);
    jdbc.execute(
        "create table auth_attempt (hash varchar(64) primary key, failures integer, last_at bigint)");
    throttle = new LoginThrottle(jdbc, clock);
  }

  private void fail(String name, String address, int times) {
    for (int i = 0; i < times; i++) {
      throttle.failed(name, address);
    }
  }

  private void after(Duration duration) {
    now.updateAndGet(t -> t.plus(duration));
  }

  @Test
  void theFifthFailureOfANameAtAnAddressHasToWait() {
    fail("ada", "10.0.0.1", 4);
    assertThat(throttle.refuses("ada", "10.0.0.1")).isFalse();
    fail("ada", "10.0.0.1", 1);

    assertThat(throttle.refuses("ada", "10.0.0.1")).isTrue();
    assertThat(throttle.refuses("ada", "10.0.0.2")).isFalse();
    assertThat(throttle.refuses("bob", "10.0.0.1")).isFalse();
    after(Duration.ofSeconds(31));
    assertThat(throttle.refuses("ada", "10.0.0.1")).isFalse();
  }

  @Test
  void theWaitDoublesUpToAQuarterOfAnHour() {
    assertThat(LoginThrottle.wait(4, 5)).isZero();
    assertThat(LoginThrottle.wait(5, 5)).hasSeconds(30);
    assertThat(LoginThrottle.wait(6, 5)).hasSeconds(60);
    assertThat(LoginThrottle.wait(9, 5)).hasSeconds(480);
    assertThat(LoginThrottle.wait(1_000_000, 5)).hasMinutes(15);
  }

  @Test
  void manyNamesFromOneAddressAndManyAddressesForOneNameAreNoticed() {
    for (int i = 0; i < 50; i++) {
      throttle.failed("name" + i, "10.0.0.1");
      throttle.failed("ada", "10.1.0." + i);
    }

    assertThat(throttle.refuses("fresh", "10.0.0.1")).isTrue();
    assertThat(throttle.refuses("ada", "10.9.9.9")).isTrue();
    assertThat(throttle.refuses("fresh", "10.9.9.9")).isFalse();
  }

  @Test
  void aLoginForgetsTheNamesFailuresThereAndAnHourForgetsAll() {
    fail("ada", "10.0.0.1", 5);
    throttle.succeeded("ada", "10.0.0.1");
    assertThat(throttle.refuses("ada", "10.0.0.1")).isFalse();
    fail("ada", "10.0.0.1", 12);
    after(Duration.ofMinutes(61));
    assertThat(throttle.refuses("ada", "10.0.0.1")).isFalse();
    fail("ada", "10.0.0.1", 4);
    assertThat(throttle.refuses("ada", "10.0.0.1")).isFalse();
  }
}
