package org.auscult.server.auth.ehr;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.http.Cookie;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;

class BrowserCookieTest {
  private static MockHttpServletRequest with(String name, String value) {
    MockHttpServletRequest request = new MockHttpServletRequest();
    request.setCookies(new Cookie(name, value));
    return request;
  }

  /** Safety: 28. In a frame, only a partitioned cookie is there without third-party cookies. */
  @Test
  void overHttpsItIsPartitionedAndOfThisHostAlone() {
    String value = BrowserCookie.random();
    String header = new BrowserCookie(true).header(value);

    assertThat(header)
        .isEqualTo(
            "__Host-auscult-browser="
                + value
                + "; Path=/; HttpOnly; Secure; SameSite=None; Partitioned");
    assertThat(new BrowserCookie(true).of(with("__Host-auscult-browser", value))).hasValue(value);
    assertThat(new BrowserCookie(true).of(with("auscult-browser", value))).isEmpty();
  }

  @Test
  void withoutTlsItIsOfTheSameSite() {
    assertThat(new BrowserCookie(false).header("x"))
        .isEqualTo("auscult-browser=x; Path=/; HttpOnly; SameSite=Lax");
  }

  @Test
  void whatIsNoValueOfOursIsNone() {
    assertThat(new BrowserCookie(false).of(new MockHttpServletRequest())).isEmpty();
    assertThat(new BrowserCookie(false).of(with("auscult-browser", "short"))).isEmpty();
    assertThat(BrowserCookie.random()).isNotEqualTo(BrowserCookie.random());
  }
}
