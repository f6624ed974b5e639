package org.auscult.prove;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.auscult.server.token.DemoIdentities;
import org.auscult.server.token.TokenRequest;
import org.jspecify.annotations.Nullable;

/**
 * Who may ask the server under test: the users and the service that a demonstration has, and an EHR
 * that signs its calls. Tokens are got as anybody has to, kept, and got anew before their end.
 * Threads: safe.
 */
public final class Identities {
  /** A token that ends sooner than this is got anew. */
  private static final long REST_SECONDS = 60;

  private static final long STEP_OF_CODES_MILLIS = 30_000;
  private static final String USERS_SCOPES = "openid fhirUser user/*.cruds";
  private static final String SERVICES_SCOPES = "system/*.cruds";

  private final Path folder;
  private final DemoIdentities demo;
  private final Map<String, HookSigner> signers = new ConcurrentHashMap<>();
  private final HookSigner ehr;
  private final String root;
  private final String known;
  private final Map<String, TokenRequest> sessions = new HashMap<>();
  private final Map<String, Token> tokens = new ConcurrentHashMap<>();

  private record Token(String text, Instant end) {
    boolean isGood() {
      return Instant.now().plusSeconds(REST_SECONDS).isBefore(end);
    }
  }

  private Identities(Path folder, DemoIdentities demo, HookSigner ehr, String root, String known) {
    this.folder = folder;
    this.demo = demo;
    this.ehr = ehr;
    this.root = root;
    this.known = known;
  }

  /**
   * Makes those of a server that is about to start.
   *
   * @param folder where they are kept, of this run alone
   * @param ehr signs the calls of hooks
   * @param root of the server, as it is reached
   * @param known its root as it is configured; callers' tokens are made for it
   */
  static Identities make(Path folder, HookSigner ehr, String root, String known)
      throws IOException {
    DemoIdentities demo = DemoIdentities.in(folder);
    demo.runAt(root);
    return new Identities(folder, demo, ehr, root, known);
  }

  /** With these the server asks everybody who they are, and knows these. */
  Map<String, String> settings() {
    Map<String, String> settings = new HashMap<>();
    demo.properties().forEach((key, value) -> settings.put(key, String.valueOf(value)));
    settings.putAll(ehr.settings());
    settings.put("auscult.access.enforced", "true");
    settings.put("auscult.callers.authentication", "required");
    return settings;
  }

  /** The folder that our commands take as {@code --data} to know the service. */
  public Path folder() {
    return folder;
  }

  /** From now on this EHR, which the server must know by its settings, signs at its own path. */
  public void add(HookSigner signer) {
    signers.put(signer.client(), signer);
  }

  /** A user's token for all that the user's role allows; users are named by their roles' codes. */
  public String token(String user) throws IOException, InterruptedException {
    return token(user, USERS_SCOPES, null);
  }

  /**
   * A user's token.
   *
   * @param patient in context, for scopes {@code patient/...}; null for none
   */
  public String token(String user, String scopes, @Nullable String patient)
      throws IOException, InterruptedException {
    return kept(user + "|" + scopes + "|" + patient, () -> signedIn(user, scopes, patient));
  }

  /** A token of the service, for all that systems may do. */
  public String serviceToken() throws IOException, InterruptedException {
    return kept(
        DemoIdentities.SERVICE,
        () -> new TokenRequest(demo, known).ofClient(DemoIdentities.SERVICE, SERVICES_SCOPES));
  }

  /**
   * A fresh token for one call of a hook, discovery or feedback, by the EHR whose path it is.
   *
   * @param url that is called
   */
  public String hookToken(String url) {
    String path = url.startsWith(root) ? url.substring(root.length()) : url;
    String[] parts = path.split("/");
    boolean isOwnPath = parts.length > 2 && parts[1].equals("ehr");
    HookSigner signer = isOwnPath ? signers.getOrDefault(parts[2], ehr) : ehr;
    return signer.token(path.startsWith("/") ? known + path : path);
  }

  /** For calls as the service, and of hooks as the EHR. */
  Credentials service() {
    return credentials(this::serviceToken);
  }

  /** For calls as a user, and of hooks as the EHR. */
  Credentials user(String name) {
    return credentials(() -> token(name));
  }

  private interface Source {
    String token() throws IOException, InterruptedException;
  }

  private Credentials credentials(Source fhir) {
    return url -> {
      String path = url.getPath();
      if (path.startsWith("/fhir")) {
        return fhir.token();
      }
      return path.contains("/cds-services") ? hookToken(withoutQuery(url)) : null;
    };
  }

  private static String withoutQuery(URI url) {
    return url.toString().replaceFirst("\\?.*", "");
  }

  private String kept(String key, Source source) throws IOException, InterruptedException {
    Token token = tokens.get(key);
    if (token == null || !token.isGood()) {
      synchronized (sessions) {
        token = tokens.get(key);
        if (token == null || !token.isGood()) {
          String text = source.token();
          token = new Token(text, end(text));
          tokens.put(key, token);
        }
      }
    }
    return token.text();
  }

  /** A code of a second factor counts once: after a restart the next may have to be awaited. */
  private String signedIn(String user, String scopes, @Nullable String patient)
      throws IOException, InterruptedException {
    TokenRequest session = sessions.get(user);
    if (session == null) {
      session = new TokenRequest(demo, known);
      sessions.put(user, session);
    }
    try {
      return session.ofUser(user, scopes, patient);
    } catch (TokenRequest.RefusedException e) {
      if (!demo.user(user).has("totp")) {
        throw e;
      }
      Thread.sleep(STEP_OF_CODES_MILLIS - System.currentTimeMillis() % STEP_OF_CODES_MILLIS + 100);
      return session.ofUser(user, scopes, patient);
    }
  }

  private static Instant end(String token) throws IOException {
    JsonNode claims =
        FhirCalls.JSON.readTree(Base64.getUrlDecoder().decode(token.split("\\.", 3)[1]));
    return Instant.ofEpochSecond(claims.path("exp").asLong());
  }
}
