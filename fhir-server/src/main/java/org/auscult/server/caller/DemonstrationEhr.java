package org.auscult.server.caller;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.util.JSONObjectUtils;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.auscult.server.config.DataFolder;

/**
 * The EHR of the demonstration: its own key, made on the spot and kept beside the demonstration's
 * data, where only this user can read it, so that {@code cds-jwt} can sign calls of the server that
 * runs. A server that is no demonstration never knows it.
 */
public final class DemonstrationEhr {
  /** Its client here, and so its path: {@code /ehr/demonstration/cds-services}. */
  public static final String CLIENT = "demonstration";

  /** {@code iss} of its tokens; nobody's address. */
  static final String ISSUER = "https://demonstration-ehr.example.org";

  private static final String FILE = "demonstration-ehr.json";
  private static final Duration LIFE = Duration.ofMinutes(5);

  /**
   * The public CDS Hooks sandbox. Its private key is public as well, so whoever wants to can be it:
   * good for a demonstration, and for nothing else. Source: https://github.com/cds-hooks/sandbox,
   * .well-known/jwks.json.
   */
  private static final String SANDBOX = "https://sandbox.cds-hooks.org";

  private static final String SANDBOX_KEYS =
      """
      {"keys":[{"kty":"EC","use":"sig","crv":"P-384","alg":"ES384",\
      "kid":"44823f3d-0b01-4a6c-a80e-b9d3e8a7226f",\
      "x":"dw_JGR8nB2I6XveNxUOl2qk699ZPLM2nYI5STSdiEl9avAkrm3CkfYMbrrjr8laB",\
      "y":"Sm3mLE-n1zYNla_aiE3cb3nZsL51RbC7ysw3q8aJLxGm-hx79RPMYpITDjp7kgzy"}]}""";

  private final ECKey key;
  private final String root;

  private DemonstrationEhr(ECKey key, String root) {
    this.key = key;
    this.root = root;
  }

  /**
   * The one of a running demonstration.
   *
   * @param folder of its data
   * @throws NoSuchFileException if no demonstration has run there
   */
  public static DemonstrationEhr read(Path folder) throws IOException {
    Path file = folder.resolve(FILE);
    try {
      Map<String, Object> kept = JSONObjectUtils.parse(Files.readString(file));
      return new DemonstrationEhr(
          ECKey.parse(JSONObjectUtils.getJSONObject(kept, "key")),
          JSONObjectUtils.getString(kept, "server"));
    } catch (ParseException e) {
      throw new IOException(file + " holds no key; remove it and start the demonstration", e);
    }
  }

  /**
   * The one of a demonstration that starts: with the key that it had before, or a new one.
   *
   * @param folder of its data
   */
  public static DemonstrationEhr of(Path folder) throws IOException {
    try {
      return read(folder);
    } catch (NoSuchFileException e) {
      try {
        ECKey key =
            new ECKeyGenerator(Curve.P_384)
                .keyID(UUID.randomUUID().toString())
                .keyUse(KeyUse.SIGNATURE)
                .algorithm(JWSAlgorithm.ES384)
                .generate();
        return new DemonstrationEhr(key, "");
      } catch (JOSEException impossible) {
        throw new IllegalStateException("each Java makes keys of P-384", impossible);
      }
    }
  }

  /**
   * Keeps it for {@code cds-jwt}.
   *
   * @param folder of the demonstration's data
   * @param server its root, as callers know it
   */
  public DemonstrationEhr keep(Path folder, String server) throws IOException {
    Map<String, Object> kept = new LinkedHashMap<>();
    kept.put("server", server);
    kept.put("key", key.toJSONObject());
    DataFolder.create(folder);
    Path made = Files.createTempFile(folder, FILE, ".new", ownerOnly());
    Files.writeString(made, JSONObjectUtils.toJSONString(kept));
    Files.move(made, folder.resolve(FILE), StandardCopyOption.REPLACE_EXISTING);
    return new DemonstrationEhr(key, server);
  }

  private static FileAttribute<?>[] ownerOnly() {
    boolean isPosix = FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
    return isPosix
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
        }
        : new FileAttribute<?>[0];
  }

  /** What makes a server know this EHR and the public sandbox. */
  public Map<String, Object> settings() {
    Map<String, Object> settings = new HashMap<>();
    settings.put("auscult.clients." + CLIENT + ".issuer", ISSUER);
    settings.put("auscult.clients." + CLIENT + ".keys", new JWKSet(key.toPublicJWK()).toString());
    settings.put("auscult.clients.sandbox.issuer", SANDBOX);
    settings.put("auscult.clients.sandbox.keys", SANDBOX_KEYS);
    settings.put("auscult.clients.sandbox.jku", SANDBOX + "/.well-known/jwks.json");
    return settings;
  }

  /** The root of the demonstration's server, as callers know it. */
  public String server() {
    return root;
  }

  /**
   * A signed token for one request.
   *
   * @param url that is called, exactly
   */
  public String token(String url, Instant now) {
    SignedJWT jwt =
        new SignedJWT(
            new JWSHeader.Builder(JWSAlgorithm.ES384)
                .type(JOSEObjectType.JWT)
                .keyID(key.getKeyID())
                .build(),
            new JWTClaimsSet.Builder()
                .issuer(ISSUER)
                .audience(url)
                .issueTime(Date.from(now))
                .expirationTime(Date.from(now.plus(LIFE)))
                .jwtID(UUID.randomUUID().toString())
                .build());
    try {
      jwt.sign(new ECDSASigner(key));
    } catch (JOSEException e) {
      throw new IllegalStateException("each Java signs with P-384", e);
    }
    return jwt.serialize();
  }

  /** Never its key. */
  @Override
  public String toString() {
    return "DemonstrationEhr[" + key.getKeyID() + "]";
  }
}
