package org.auscult.server.signature;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.text.ParseException;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.Optional;
import org.auscult.server.keys.SigningKey;
import org.auscult.server.keys.VerifyingKey;

/**
 * A signature beside the bytes that it signs: RFC 7515, appendix F, with ES384. Its protected
 * header says who signed what, when and as what; so none of that can be changed either.
 */
final class DetachedJws {
  private static final String TIME = "sigT";
  private static final String SIGNER = "signer";
  private static final String NAME = "name";
  private static final String MEANING = "meaning";
  private static final String RECORD = "record";

  /**
   * What a signature says of itself.
   *
   * @param key id of the key that signed
   * @param time as ISO 8601 with milliseconds and offset
   * @param signer reference
   * @param name the signer's
   * @param meaning code
   * @param record versioned reference
   */
  record Statement(
      String key, String time, String signer, String name, String meaning, String record) {}

  private final JWSObject jws;
  private final Statement statement;

  private DetachedJws(JWSObject jws, Statement statement) {
    this.jws = jws;
    this.statement = statement;
  }

  static String sign(Statement statement, byte[] bytes, SigningKey key) {
    JWSHeader header =
        new JWSHeader.Builder(JWSAlgorithm.ES384)
            .keyID(key.id())
            .customParam(TIME, statement.time())
            .customParam(SIGNER, statement.signer())
            .customParam(NAME, statement.name())
            .customParam(MEANING, statement.meaning())
            .customParam(RECORD, statement.record())
            .build();
    try {
      JWSObject jws = new JWSObject(header, new Payload(bytes));
      jws.sign(new ECDSASigner((ECPrivateKey) key.privateKey()));
      return jws.serialize(true);
    } catch (JOSEException e) {
      throw new IllegalStateException("Signing failed", e);
    }
  }

  /** Reads what {@link #sign} gave; empty if it is something else. */
  static Optional<DetachedJws> parse(String text, byte[] bytes) {
    try {
      JWSObject jws = JWSObject.parse(text, new Payload(bytes));
      JWSHeader header = jws.getHeader();
      if (!JWSAlgorithm.ES384.equals(header.getAlgorithm()) || header.getKeyID() == null) {
        return Optional.empty();
      }
      OffsetDateTime.parse(text(header, TIME));
      return Optional.of(
          new DetachedJws(
              jws,
              new Statement(
                  header.getKeyID(),
                  text(header, TIME),
                  text(header, SIGNER),
                  text(header, NAME),
                  text(header, MEANING),
                  text(header, RECORD))));
    } catch (ParseException | DateTimeException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static String text(JWSHeader header, String name) throws ParseException {
    if (header.getCustomParam(name) instanceof String text) {
      return text;
    }
    throw new ParseException(name + " is missing", 0);
  }

  Statement statement() {
    return statement;
  }

  /** Whether this key signed these bytes and this statement. */
  boolean verifies(VerifyingKey key) {
    try {
      return jws.verify(new ECDSAVerifier((ECPublicKey) key.publicKey()));
    } catch (JOSEException e) {
      return false;
    }
  }
}
