package org.auscult.server.token;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.text.ParseException;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.auscult.access.Role;
import org.auscult.server.auth.user.Totp;
import org.auscult.server.config.DataFolder;
import org.springframework.security.crypto.factory.PasswordEncoderFactories;
import org.springframework.security.crypto.password.PasswordEncoder;

/**
 * The demonstration's own users and clients, with passwords and keys made for this folder, once.
 * What the server needs of them, hashes and public keys, stands in a registry; what {@code auscult
 * token} needs, in a file beside it. Nobody but the owner may read either.
 */
public final class DemoIdentities {
  /** The backend service, which signs with a key. */
  public static final String SERVICE = "demo-service";

  static final String COMMAND_LINE = "auscult-cli";
  static final String COMMAND_LINE_REDIRECT = "http://127.0.0.1/auscult-cli";

  private static final String CREDENTIALS = "demo-credentials.json";
  private static final String REGISTRY = "demo-registry.json";
  private static final Set<Role> WITH_SECOND_FACTOR =
      Set.of(Role.ADMINISTRATOR, Role.APPROVER, Role.PRIVACY_OFFICER);
  private static final String APP_SCOPES =
      "openid fhirUser profile launch launch/patient launch/encounter offline_access online_access"
          + " patient/*.cruds user/*.cruds";
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final SecureRandom RANDOM = new SecureRandom();

  private final Path folder;
  private final ObjectNode credentials;

  private DemoIdentities(Path folder, ObjectNode credentials) {
    this.folder = folder;
    this.credentials = credentials;
  }

  /** Those of a folder, made if there are none. */
  public static DemoIdentities in(Path folder) throws IOException {
    Path file = folder.resolve(CREDENTIALS);
    if (Files.exists(file) && Files.exists(folder.resolve(REGISTRY))) {
      return read(folder);
    }
    DataFolder.create(folder);
    DemoIdentities made = new DemoIdentities(folder, JSON.createObjectNode());
    write(folder.resolve(REGISTRY), made.make());
    made.keep();
    return made;
  }

  /**
   * Those of a folder.
   *
   * @throws IOException if there are none
   */
  public static DemoIdentities read(Path folder) throws IOException {
    byte[] file = Files.readAllBytes(folder.resolve(CREDENTIALS));
    return new DemoIdentities(folder, (ObjectNode) JSON.readTree(file));
  }

  private ObjectNode make() {
    PasswordEncoder hashes = PasswordEncoderFactories.createDelegatingPasswordEncoder();
    ObjectNode registry = JSON.createObjectNode();
    ArrayNode users = registry.putArray("users");
    List<Role> roles = Arrays.stream(Role.values()).filter(role -> role != Role.SYSTEM).toList();
    List<String> passwords = roles.stream().map(role -> random()).toList();
    // A hash is slow on purpose, and somebody waits for all of them.
    List<String> hashed = passwords.parallelStream().map(hashes::encode).toList();
    for (int i = 0; i < roles.size(); i++) {
      user(users, roles.get(i), passwords.get(i), hashed.get(i));
    }
    ArrayNode clients = registry.putArray("clients");
    ObjectNode app = client(clients, "demo-smart-app", "public", APP_SCOPES);
    app.put("launchUrl", "http://127.0.0.1:5173/launch.html");
    for (String origin : List.of("http://127.0.0.1:5173", "http://localhost:5173")) {
      app.withArray("redirectUris").add(origin + "/");
      app.withArray("origins").add(origin);
    }
    ObjectNode web = client(clients, "demo-web-app", "symmetric", APP_SCOPES);
    web.putArray("redirectUris").add("http://127.0.0.1:5174/callback");
    String secret = random();
    credentials.withObject("/clients/demo-web-app").put("secret", secret);
    web.put("secretHash", hashes.encode(secret));
    service(clients);
    ObjectNode commandLine =
        client(clients, COMMAND_LINE, "public", APP_SCOPES + " auscult/registry");
    commandLine.put("consent", false).putArray("redirectUris").add(COMMAND_LINE_REDIRECT);
    return registry;
  }

  private void user(ArrayNode users, Role role, String password, String hash) {
    ObjectNode known = credentials.withObject("/users/" + role.code()).put("password", password);
    ObjectNode user = users.addObject().put("name", role.code());
    user.put("displayName", "Demo " + role.code().replace('-', ' '));
    user.put("fhirUser", "Practitioner/" + practitioner(role.code()));
    user.putArray("roles").add(role.code());
    user.put("password", hash);
    if (WITH_SECOND_FACTOR.contains(role)) {
      byte[] secret = new byte[20];
      RANDOM.nextBytes(secret);
      user.put("totp", Totp.encode(secret));
      known.put("totp", Totp.encode(secret));
    }
  }

  private static ObjectNode client(ArrayNode clients, String id, String type, String scopes) {
    return clients
        .addObject()
        .put("id", id)
        .put("name", id)
        .put("type", type)
        .put("scopes", scopes);
  }

  private void service(ArrayNode clients) {
    try {
      ECKey key = new ECKeyGenerator(Curve.P_384).keyIDFromThumbprint(true).generate();
      ObjectNode service = client(clients, SERVICE, "backend", "system/*.cruds");
      service
          .putObject("jwks")
          .putArray("keys")
          .add(JSON.valueToTree(key.toPublicJWK().toJSONObject()));
      credentials
          .withObject("/clients/" + SERVICE)
          .set("key", JSON.valueToTree(key.toJSONObject()));
    } catch (JOSEException e) {
      throw new IllegalStateException("Every Java has P-384", e);
    }
  }

  private static String random() {
    byte[] bytes = new byte[12];
    RANDOM.nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  private static String practitioner(String user) {
    return "demo-" + user;
  }

  /** With these the server knows them. */
  public Map<String, Object> properties() {
    return Map.of(
        "auscult.authorization-server.enabled",
        true,
        "auscult.authorization-server.registry",
        folder.resolve(REGISTRY).toString(),
        // The synthetic patients belong to no site.
        "auscult.access.single-site",
        true);
  }

  /** Keeps where the server is, for {@code auscult token}. */
  public void runAt(String root) throws IOException {
    credentials.put("root", root);
    keep();
  }

  /** Where the server was that was told to {@link #runAt}. */
  public String root() {
    return credentials.path("root").asText();
  }

  /** Names of users: the codes of roles. */
  public List<String> users() {
    return names("users");
  }

  /** Ids of clients that have a secret or a key. */
  public List<String> clients() {
    return names("clients");
  }

  private List<String> names(String kind) {
    return credentials.path(kind).properties().stream().map(Map.Entry::getKey).toList();
  }

  /** What is known of a user: {@code password}, perhaps {@code totp}. */
  public JsonNode user(String name) {
    return credentials.path("users").path(name);
  }

  /** What is known of a client: {@code secret} or {@code key}. */
  public JsonNode client(String name) {
    return credentials.path("clients").path(name);
  }

  /**
   * The private key of a client.
   *
   * @throws IOException if it has none
   */
  public JWK key(String client) throws IOException {
    try {
      return JWK.parse(client(client).path("key").toString());
    } catch (ParseException e) {
      throw new IOException("The demonstration has no key of " + client);
    }
  }

  /** The resource of a user, for {@code fhirUser}. */
  public static ObjectNode practitionerOf(String user) {
    ObjectNode practitioner = JSON.createObjectNode();
    practitioner.put("resourceType", "Practitioner").put("id", practitioner(user));
    ObjectNode name = practitioner.putArray("name").addObject().put("family", user);
    name.putArray("given").add("Demo");
    return practitioner;
  }

  /** Says them to a person. */
  public void print(PrintStream out) {
    out.println("Users of this demonstration, one for each role, with passwords of its own:");
    for (String name : users()) {
      String second =
          user(name).has("totp") ? "  second factor: " + user(name).path("totp").asText() : "";
      out.printf("  %-16s %s%s%n", name, user(name).path("password").asText(), second);
    }
    out.printf(
        "Clients: demo-smart-app (public), demo-web-app (secret %s), %s (signs with its key).%n"
            + "They are kept in %s.%n",
        client("demo-web-app").path("secret").asText(), SERVICE, folder.resolve(CREDENTIALS));
  }

  private void keep() throws IOException {
    write(folder.resolve(CREDENTIALS), credentials);
  }

  /** Made with its mode, so that nobody reads it in between. */
  private static void write(Path file, JsonNode content) throws IOException {
    if (!Files.exists(file)
        && Files.getFileStore(file.getParent()).supportsFileAttributeView("posix")) {
      Files.createFile(
          file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    }
    Files.write(file, JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(content));
  }
}
