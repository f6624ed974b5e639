package org.auscult.prove.smart;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import org.springframework.security.crypto.factory.PasswordEncoderFactories;
import org.springframework.security.crypto.password.PasswordEncoder;

/** Users and clients of the proof, as an operator would write them into a file. */
final class Registry {
  static final String APP = "observations";
  static final String APP_NAME = "Observations, a SMART app";
  static final String LOADER = "proof-loader";
  static final String READER = "proof-reader";

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String BASE_32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  private static final SecureRandom RANDOM = new SecureRandom();

  /** A clinician. The second factor is empty where there is none. */
  record Person(String name, String family, String fhirUser, String password, String totp) {
    static Person of(String name, String prefix, boolean withSecondFactor) {
      byte[] password = new byte[12];
      RANDOM.nextBytes(password);
      StringBuilder totp = new StringBuilder();
      for (int i = 0; withSecondFactor && i < 32; i++) {
        totp.append(BASE_32.charAt(RANDOM.nextInt(32)));
      }
      return new Person(
          name,
          "Family" + name,
          "Practitioner/" + prefix + name,
          Base64.getUrlEncoder().withoutPadding().encodeToString(password),
          totp.toString());
    }

    ObjectNode json() {
      ObjectNode person = JSON.createObjectNode();
      person.put("name", name).put("family", family).put("fhirUser", fhirUser);
      person.put("password", password);
      if (!totp.isEmpty()) {
        person.put("totp", totp);
      }
      return person;
    }
  }

  final Person clinician;
  final Person second;
  final JWK rsa;
  final JWK ec;

  Registry(String prefix) {
    clinician = Person.of("clara", prefix, false);
    second = Person.of("theo", prefix, true);
    try {
      rsa = new RSAKeyGenerator(2048).keyID("proof-rsa").generate();
      ec = new ECKeyGenerator(Curve.P_384).keyID("proof-ec").generate();
    } catch (JOSEException e) {
      throw new IllegalStateException("Every Java makes these keys", e);
    }
  }

  /**
   * Writes it.
   *
   * @param app where the application is, with a slash at its end
   */
  Path write(Path folder, String site, String app) throws IOException {
    PasswordEncoder hashes = PasswordEncoderFactories.createDelegatingPasswordEncoder();
    ObjectNode registry = JSON.createObjectNode();
    for (Person person : new Person[] {clinician, second}) {
      ObjectNode user = registry.withArray("/users").addObject();
      user.put("name", person.name()).put("displayName", "Dr " + person.family());
      user.put("fhirUser", person.fhirUser()).put("password", hashes.encode(person.password()));
      user.putArray("roles").add("clinician");
      user.putArray("sites").add(site);
      if (!person.totp().isEmpty()) {
        user.put("totp", person.totp());
      }
    }
    ObjectNode client = client(registry, APP, "public", scopes());
    client.put("name", APP_NAME).put("launchUrl", app + "launch.html");
    client.putArray("redirectUris").add(app);
    client.putArray("origins").add(app.substring(0, app.length() - 1));
    service(registry, LOADER, "system/*.cruds", rsa);
    service(registry, READER, "system/Patient.rs", ec);
    Path file =
        Files.createFile(
            folder.resolve("registry.json"),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    return Files.write(file, JSON.writeValueAsBytes(registry));
  }

  private static String scopes() {
    return "openid fhirUser launch launch/patient offline_access online_access patient/*.rs"
        + " user/Practitioner.rs";
  }

  private static ObjectNode client(ObjectNode registry, String id, String type, String scopes) {
    ObjectNode client = registry.withArray("/clients").addObject();
    return client.put("id", id).put("name", id).put("type", type).put("scopes", scopes);
  }

  private static void service(ObjectNode registry, String id, String scopes, JWK key) {
    client(registry, id, "backend", scopes)
        .set("jwks", JSON.valueToTree(new JWKSet(key).toJSONObject(true)));
  }
}
