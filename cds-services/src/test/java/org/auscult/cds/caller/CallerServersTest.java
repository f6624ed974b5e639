package org.auscult.cds.caller;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which addresses are called at all. */
class CallerServersTest {
  private static final URI BASE = URI.create("https://ehr.example.org/api/fhir");

  /** Checklist: 17. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://ehr.example.org/api/fhir?_getpages=a|b&_offset=20",
        "https://EHR.example.org:443/api/fhir/Observation?page=2",
        "Observation?page=2",
        "?page=2",
        "/api/fhir/Observation?page=2"
      })
  @DisplayName("17: a next page below the base is followed")
  void belowTheBase(String link) {
    assertThat(CallerServers.below(BASE, link))
        .hasValueSatisfying(
            url -> {
              assertThat(url.getHost()).isEqualToIgnoringCase("ehr.example.org");
              assertThat(url.getRawPath()).startsWith("/api/fhir");
              assertThat(url.getRawQuery()).contains("page");
            });
  }

  /** Checklist: 17. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://ehr.example.org/api/fhir?page=2",
        "https://ehr.example.org:8443/api/fhir?page=2",
        "https://evil.example.org/api/fhir?page=2",
        "https://ehr.example.org.evil.org/api/fhir?page=2",
        "https://ehr.example.org@evil.org/api/fhir?page=2",
        "https://user:pass@ehr.example.org/api/fhir?page=2",
        "https://ehr.example.org/api/fhir2?page=2",
        "https://ehr.example.org/admin",
        "https://ehr.example.org/api/fhir/../admin",
        "https://ehr.example.org/api/fhir/%2e%2E/admin",
        "https://ehr.example.org/api/fhir/..%2fadmin",
        "https://ehr.example.org/api/fhir/..;/admin",
        "https://ehr.example.org/api/fhir/..\\admin",
        "https://ehr.example.org/api/fhir?page=2#x",
        "//evil.example.org/api/fhir",
        "../admin",
        "file:///etc/passwd",
        "urn:uuid:0b1f9a4e-7c1d-4a51-8d7e-6f1f2a3b4c5d",
        "https://",
        "https://ehr.example.org/api/fhir/%zz"
      })
  @DisplayName("17: a next page elsewhere is not followed")
  void elsewhere(String link) {
    assertThat(CallerServers.below(BASE, link)).isEmpty();
  }

  /** Checklist: 20. */
  @Test
  @DisplayName("20: only listed base URLs are read, in any spelling of them")
  void onlyListedOnes() {
    CallerServers servers = new CallerServers(List.of("HTTPS://EHR.example.org/api/fhir/"), false);

    assertThat(servers.contains("https://ehr.example.org/api/fhir")).isTrue();
    assertThat(new CallerServers(List.of("https://ehr.example.org:443/api/fhir"), false))
        .matches(s -> s.contains("https://ehr.example.org/api/fhir"))
        .matches(s -> !s.contains("http://ehr.example.org/api/fhir"));
    assertThat(new CallerServers(List.of("http://ehr.example.org:80/fhir"), false))
        .matches(s -> s.contains("http://ehr.example.org/fhir"));
    assertThat(new CallerServers(List.of("http://ehr.example.org:443/fhir"), false))
        .matches(s -> !s.contains("http://ehr.example.org/fhir"));
    assertThat(servers.contains("https://ehr.example.org/api")).isFalse();
    assertThat(servers.contains("https://ehr.example.org/api/fhir/x")).isFalse();
    assertThat(servers.contains("http://ehr.example.org/api/fhir")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"ftp://ehr.example.org/fhir", "https://u:p@ehr.example.org/fhir", "ehr", "*"})
  void aListTakesBaseUrlsOnly(String base) {
    assertThatIllegalArgumentException().isThrownBy(() -> new CallerServers(List.of(base), false));
  }

  /** Checklist: 20. */
  @ParameterizedTest(name = "{0} at {1}, private network {2}: {3}")
  @CsvSource({
    "ehr.example.org, 203.0.114.7, false, true",
    "ehr.example.org, 10.1.2.3, false, false",
    "ehr.example.org, 10.1.2.3, true, true",
    "ehr.example.org, 127.0.0.1, true, false",
    "ehr.example.org, 169.254.169.254, true, false",
    "ehr.example.org, ::1, true, false",
    "10.1.2.3, 10.1.2.3, false, true",
    "127.0.0.1, 127.0.0.1, false, true",
    "localhost, 127.0.0.1, false, true",
    "LOCALHOST, 127.0.0.1, false, true",
    "localhost.example.org, 127.0.0.1, false, false",
    "[::1], ::1, false, true"
  })
  @DisplayName("20: an address of this machine, link or network is called only if configured")
  void addresses(String host, String address, boolean privateNetwork, boolean called)
      throws UnknownHostException {
    URI base = URI.create("http://" + host + "/fhir");
    CallerServers servers = new CallerServers(List.of(base.toString()), privateNetwork);

    assertThat(servers.mayCall(base, InetAddress.getByName(address))).isEqualTo(called);
  }

  @ParameterizedTest(name = "{0}: public {1}, private {2}")
  @CsvSource({
    "8.8.8.8, true, false",
    "0.1.2.3, false, false",
    "0.0.0.0, false, false",
    "127.8.8.8, false, false",
    "10.0.0.1, false, true",
    "11.0.0.1, true, false",
    "172.15.0.1, true, false",
    "172.16.0.1, false, true",
    "172.31.255.1, false, true",
    "192.168.3.4, false, true",
    "192.0.0.8, false, false",
    "192.0.1.8, true, false",
    "192.1.0.8, true, false",
    "198.18.0.1, false, false",
    "198.19.0.1, false, false",
    "198.20.0.1, true, false",
    "199.18.0.1, true, false",
    "100.63.0.1, true, false",
    "100.64.0.1, false, true",
    "100.127.0.1, false, true",
    "101.64.0.1, true, false",
    "169.254.169.254, false, false",
    "224.0.0.1, false, false",
    "239.1.1.1, false, false",
    "240.0.0.1, false, false",
    "255.255.255.255, false, false",
    "2a00:1450::1, true, false",
    "2001:db8::1, true, false",
    "::1, false, false",
    "::, false, false",
    "fe80::1, false, false",
    "fc00::1, false, true",
    "fd12::1, false, true",
    "fec0::1, false, false",
    "ff02::1, false, false",
    "4000::1, false, false",
    "::ffff:10.0.0.1, false, true",
    "2002:0a00:0001::1, false, false",
    "2002:0808:0808::1, true, false",
    "64:ff9b::0a00:1, false, false",
    "64:ff9b::808:808, true, false"
  })
  void kindsOfAddresses(String address, boolean isPublic, boolean isPrivate)
      throws UnknownHostException {
    assertThat(Addresses.isPublic(InetAddress.getByName(address))).isEqualTo(isPublic);
    assertThat(Addresses.isPrivate(InetAddress.getByName(address))).isEqualTo(isPrivate);
  }
}
