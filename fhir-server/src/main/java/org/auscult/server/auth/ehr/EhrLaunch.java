package org.auscult.server.auth.ehr;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.auscult.server.auth.client.Client;
import org.auscult.server.auth.client.Clients;
import org.auscult.server.auth.launch.Launch;
import org.auscult.server.auth.launch.Launches;
import org.auscult.server.auth.launch.Launches.SignedIn;
import org.auscult.server.auth.user.Hash;
import org.auscult.server.auth.user.User;
import org.auscult.server.config.PublicUrls;
import org.jspecify.annotations.Nullable;

/**
 * A launch from an EHR, in two steps. The EHR opens us with {@code iss} and {@code launch}; we send
 * the browser to that EHR's authorization server, as any SMART application does. When it comes back
 * with a code, we learn who the user is and which patient is open, make sure of both, and launch
 * the application in our turn, with a context that only this user in this browser can use.
 *
 * <p>Source: SMART App Launch 2.2, EHR launch.
 */
public final class EhrLaunch {
  static final String CALLBACK = "/launch/callback/";

  private final Ehrs ehrs;
  private final Clients clients;
  private final EhrLogins logins;
  private final Steps steps;
  private final Launches launches;
  private final LaunchLog log;
  private final PublicUrls urls;

  /** What is asked of the EHR, one after the other. */
  record Steps(
      EhrDiscovery discovery,
      EhrTokens tokens,
      EhrIdTokens idTokens,
      EhrPatients patients,
      EhrUsers users) {}

  EhrLaunch(
      Ehrs ehrs,
      Clients clients,
      EhrLogins logins,
      Steps steps,
      Launches launches,
      LaunchLog log,
      PublicUrls urls) {
    this.ehrs = ehrs;
    this.clients = clients;
    this.logins = logins;
    this.steps = steps;
    this.launches = launches;
    this.log = log;
    this.urls = urls;
  }

  /**
   * Begins.
   *
   * @param browser the value of its cookie
   * @return where to send the browser: the EHR's authorization endpoint
   */
  String begin(String application, @Nullable String iss, @Nullable String launch, String browser)
      throws LaunchRefused {
    if (iss == null || iss.isBlank() || launch == null || launch.isBlank()) {
      throw new LaunchRefused(LaunchProblem.REQUEST);
    }
    String server = Ehrs.canonical(iss).orElseThrow(() -> new LaunchRefused(LaunchProblem.EHR));
    Ehr ehr = ehrs.ofServer(server).orElseThrow(() -> new LaunchRefused(LaunchProblem.EHR));
    application(application);
    String name = EhrLogins.launch(server, launch);
    if (logins.isUsed(name)) {
      throw new LaunchRefused(LaunchProblem.USED);
    }
    EhrMetadata metadata = steps.discovery().of(ehr, server);
    String state = BrowserCookie.random();
    EhrLogin login =
        new EhrLogin(application, server, name, BrowserCookie.random(), BrowserCookie.random());
    logins.begin(state, browser, ehr.id(), login);
    Map<String, String> query = new LinkedHashMap<>();
    query.put("response_type", "code");
    query.put("client_id", ehr.clientId());
    query.put("redirect_uri", redirectUri(ehr));
    query.put("scope", scopes(ehr, metadata));
    query.put("state", state);
    query.put("nonce", login.nonce());
    query.put("aud", server);
    query.put("launch", launch);
    query.put("code_challenge", challenge(login.verifier()));
    query.put("code_challenge_method", "S256");
    return with(metadata.authorize().toString(), EhrTokens.encoded(query));
  }

  /** What an authorization endpoint sends back; what is not there is null. */
  record Callback(
      @Nullable String code, @Nullable String state, @Nullable String iss, @Nullable String error) {
    /** No code, and no state. */
    @Override
    public String toString() {
      return "Callback[]";
    }
  }

  /**
   * Ends: the user is known, and the patient is sure.
   *
   * @param ehrId of the EHR to whose own callback the browser came
   * @param browser the value of its cookie; null if it has none
   * @return where to send the browser: the application, launched from here
   */
  String finish(String ehrId, Callback callback, @Nullable String browser) throws LaunchRefused {
    Ehr ehr = ehrs.find(ehrId).orElseThrow(() -> new LaunchRefused(LaunchProblem.EHR));
    if (callback.state() == null || browser == null) {
      throw new LaunchRefused(LaunchProblem.STATE);
    }
    EhrLogin login =
        logins
            .take(callback.state(), browser, ehr.id())
            .orElseThrow(() -> new LaunchRefused(LaunchProblem.STATE));
    EhrMetadata metadata = steps.discovery().of(ehr, login.fhirServer());
    if (callback.iss() == null ? metadata.tellsIssuer() : !isOf(metadata, callback.iss())) {
      throw new LaunchRefused(LaunchProblem.ISSUER);
    }
    if (callback.error() != null || callback.code() == null) {
      throw new LaunchRefused(LaunchProblem.DENIED);
    }
    EhrAnswer answer =
        steps.tokens().exchange(ehr, metadata, login, redirectUri(ehr), callback.code());
    EhrPerson person = steps.idTokens().verified(ehr, metadata, login, answer.idToken());
    Launch launch = steps.patients().launch(login.fhirServer(), answer);
    User user = steps.users().of(ehr, login.fhirServer(), person);
    Client client = application(login.application());
    if (!logins.use(login.launch())) {
      throw new LaunchRefused(LaunchProblem.USED);
    }
    String name =
        launches.openFromEhr(
            client.id(), user.id(), launch, new SignedIn(Hash.of(browser), ehr.id()));
    log.launched(user, ehr.id(), client.id(), String.valueOf(launch.patient()));
    return with(
        String.valueOf(client.launchUrl()),
        "iss=" + URLEncoder.encode(urls.fhir(), UTF_8) + "&launch=" + name);
  }

  private static boolean isOf(EhrMetadata metadata, String iss) {
    return metadata.issuer().equals(iss);
  }

  private Client application(String id) throws LaunchRefused {
    return clients
        .find(id)
        .filter(client -> client.launchUrl() != null)
        .orElseThrow(() -> new LaunchRefused(LaunchProblem.APPLICATION));
  }

  /** Each EHR has a callback of its own, so that none can answer for another. */
  private String redirectUri(Ehr ehr) {
    return urls.root() + CALLBACK + ehr.id();
  }

  private static String scopes(Ehr ehr, EhrMetadata metadata) {
    return ehr.scopes() == null
        ? "launch openid fhirUser "
            + (metadata.knowsVersion2() ? "patient/Patient.r" : "patient/Patient.read")
        : ehr.scopes();
  }

  private static String with(String url, String query) {
    return url + (url.contains("?") ? "&" : "?") + query;
  }

  private static String challenge(String verifier) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(StandardCharsets.US_ASCII));
      return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256", e);
    }
  }

  /**
   * The EHR of a launch, if it is one that we know; for the page that may be shown in its frame.
   */
  Optional<Ehr> ehrOf(@Nullable String iss) {
    return iss == null ? Optional.empty() : Ehrs.canonical(iss).flatMap(ehrs::ofServer);
  }
}
