package org.auscult.prove.hospital;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.auscult.prove.FhirCalls;
import org.auscult.server.auth.user.Totp;
import org.springframework.security.crypto.factory.PasswordEncoderFactories;
import org.springframework.security.crypto.password.PasswordEncoder;

/** Who works at the two hospitals, and which applications they have; made anew for each run. */
public final class Staff {
  /** A clinician of the north, and an attacker. */
  public static final String NORA = "nora";

  /** A clinician of the south. */
  public static final String SVEN = "sven";

  /** Reads the audit log. */
  public static final String AUDRA = "audra";

  /** An administrator, with a second factor. */
  public static final String MARA = "mara";

  /** A model author. */
  public static final String MARK = "mark";

  /** An informaticist. */
  public static final String IDA = "ida";

  /** A public application; its users are asked for their consent. */
  public static final String GROWTH = "growth";

  /** A public application of the operator, whose users are not asked. */
  public static final String ROUNDS = "rounds";

  /** An application with a secret. */
  public static final String PORTAL = "portal";

  /** A public application of the operator by which administrators keep users and clients. */
  public static final String DESK = "desk";

  /** All that {@link #DESK} may ask for. */
  public static final String DESK_SCOPES = "openid fhirUser user/*.cruds auscult/registry";

  /** A backend service of the whole operator. */
  public static final String NIGHTLY = "nightly";

  /** A second backend service. */
  public static final String LAB = "lab";

  /** All that an application of a user may ask for. */
  public static final String SCOPES =
      "openid fhirUser profile launch launch/patient offline_access online_access patient/*.cruds"
          + " user/*.cruds";

  private static final SecureRandom RANDOM = new SecureRandom();

  private final PasswordEncoder hashes = PasswordEncoderFactories.createDelegatingPasswordEncoder();
  private final Map<String, String> passwords = new LinkedHashMap<>();
  private final Map<String, KeyOf> keys = new LinkedHashMap<>();
  private final ObjectNode registry = FhirCalls.JSON.createObjectNode();
  private final String portalSecret = random();
  private final String totpSecret = Totp.encode(bytes(20));

  /**
   * Engages everybody.
   *
   * @param decoys further clinicians, at whose names somebody may guess
   */
  Staff(int decoys) {
    ArrayNode users = registry.putArray("users");
    user(users, NORA, "clinician", "north");
    user(users, SVEN, "clinician", "south");
    user(users, AUDRA, "auditor");
    user(users, MARA, "administrator").put("totp", totpSecret);
    user(users, MARK, "model-author");
    user(users, IDA, "informaticist");
    for (int i = 0; i < decoys; i++) {
      user(users, decoy(i), "clinician", "north");
    }
    ArrayNode clients = registry.putArray("clients");
    client(clients, GROWTH, "public", SCOPES).putArray("redirectUris").add(redirect(GROWTH));
    client(clients, ROUNDS, "public", SCOPES)
        .put("consent", false)
        .putArray("redirectUris")
        .add(redirect(ROUNDS));
    client(clients, DESK, "public", DESK_SCOPES)
        .put("consent", false)
        .putArray("redirectUris")
        .add(redirect(DESK));
    client(clients, PORTAL, "symmetric", SCOPES)
        .put("consent", false)
        .put("secretHash", hashes.encode(portalSecret))
        .putArray("redirectUris")
        .add(redirect(PORTAL));
    service(clients, NIGHTLY, "ES384");
    service(clients, LAB, "RS384");
  }

  private ObjectNode user(ArrayNode users, String name, String role, String... sites) {
    String password = random();
    passwords.put(name, password);
    ObjectNode user = users.addObject().put("name", name).put("displayName", "Dr " + name);
    user.put("fhirUser", "Practitioner/" + name).put("password", hashes.encode(password));
    user.putArray("roles").add(role);
    ArrayNode of = user.putArray("sites");
    List.of(sites).forEach(of::add);
    return user;
  }

  private static ObjectNode client(ArrayNode clients, String id, String type, String scopes) {
    return clients
        .addObject()
        .put("id", id)
        .put("name", id)
        .put("type", type)
        .put("scopes", scopes);
  }

  private void service(ArrayNode clients, String id, String algorithm) {
    KeyOf key = KeyOf.make(id + "-1", algorithm);
    keys.put(id, key);
    try {
      client(clients, id, "backend", "system/*.cruds")
          .putObject("jwks")
          .putArray("keys")
          .add(FhirCalls.JSON.readTree(key.publicJwk()));
    } catch (IOException e) {
      throw new IllegalStateException("A JWK is JSON", e);
    }
  }

  /** Writes the registry for the server. */
  void write(Path file) throws IOException {
    Files.createFile(
        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.write(file, FhirCalls.JSON.writeValueAsBytes(registry));
  }

  /** The name of a decoy. */
  public static String decoy(int number) {
    return "decoy-" + number;
  }

  /** Where an application's codes go. */
  public static String redirect(String client) {
    return "https://" + client + ".example.org/back";
  }

  /** A user's password. */
  public String password(String user) {
    return String.valueOf(passwords.get(user));
  }

  /** A user's code of a second factor; empty for who has none. */
  public String code(String user, Instant at) {
    return user.equals(MARA) ? Totp.of(totpSecret).at(at) : "";
  }

  /** The secret of {@link #PORTAL}. */
  public String portalSecret() {
    return portalSecret;
  }

  /** A service's key. */
  public KeyOf key(String service) {
    KeyOf key = keys.get(service);
    if (key == null) {
      throw new IllegalArgumentException("No service is called " + service);
    }
    return key;
  }

  /** All that must never stand in a log. */
  public List<String> secrets() {
    return Stream.concat(passwords.values().stream(), Stream.of(portalSecret, totpSecret)).toList();
  }

  private static String random() {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes(15));
  }

  private static byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    RANDOM.nextBytes(bytes);
    return bytes;
  }
}
