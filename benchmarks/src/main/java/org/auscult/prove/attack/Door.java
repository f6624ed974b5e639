package org.auscult.prove.attack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.RSAKey;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.text.ParseException;
import org.auscult.prove.hospital.Ask;
import org.auscult.prove.hospital.Jwt;
import org.auscult.prove.hospital.KeyOf;
import org.auscult.prove.hospital.Reply;
import org.auscult.prove.hospital.Staff;
import org.auscult.prove.hospital.TwoHospitals;
import org.jspecify.annotations.Nullable;

/** A place that takes a JWT. */
enum Door {
  /** Access tokens. */
  FHIR("access token") {
    @Override
    Jwt right(TwoHospitals hospitals) throws IOException {
      return Jwt.parse(hospitals.token(Staff.NORA));
    }

    @Override
    Ask ask(TwoHospitals hospitals, String token) {
      return Ask.get("/fhir/" + hospitals.north().reference()).bearer(token);
    }

    @Override
    Reply attempt(Tries tries, String what, String token) throws IOException {
      return tries.request(what, ask(tries.hospitals(), token), Expect.badToken());
    }
  },

  /** Assertions of clients. */
  TOKEN("client assertion") {
    @Override
    Jwt right(TwoHospitals hospitals) {
      return hospitals.assertion(Staff.LAB);
    }

    @Override
    Ask ask(TwoHospitals hospitals, String token) {
      return TwoHospitals.assertion(token, "system/*.rs");
    }

    @Override
    Reply attempt(Tries tries, String what, String token) throws IOException {
      Expect due = Expect.oauth(token.isEmpty() ? 400 : 401, "invalid_client", "invalid_request");
      return tries.oauth(what, ask(tries.hospitals(), token), due);
    }

    @Override
    KeyOf key(TwoHospitals hospitals) {
      return hospitals.staff().key(Staff.LAB);
    }
  },

  /** JWTs of callers of hooks. */
  HOOK("CDS JWT") {
    @Override
    Jwt right(TwoHospitals hospitals) {
      ObjectNode claims =
          TwoHospitals.claims(TwoHospitals.CLINIC, hospitals.wire().root() + TwoHospitals.SERVICE);
      KeyOf key = hospitals.clinicKey();
      return Jwt.of(TwoHospitals.header(key).toString(), claims.toString(), key.signer());
    }

    @Override
    Ask ask(TwoHospitals hospitals, String token) {
      return Ask.json(TwoHospitals.SERVICE, hospitals.chart(hospitals.north())).bearer(token);
    }

    @Override
    Reply attempt(Tries tries, String what, String token) throws IOException {
      return tries.request(what, ask(tries.hospitals(), token), Expect.outcome(401, 403));
    }

    @Override
    KeyOf key(TwoHospitals hospitals) {
      return hospitals.clinicKey();
    }
  };

  private final String bearer;

  Door(String bearer) {
    this.bearer = bearer;
  }

  /** What it takes. */
  String bearer() {
    return bearer;
  }

  /** A token that is taken here. */
  abstract Jwt right(TwoHospitals hospitals) throws IOException;

  /** A request with a token that is otherwise right. */
  abstract Ask ask(TwoHospitals hospitals, String token);

  /** Tries a token that is to be refused. */
  abstract Reply attempt(Tries tries, String what, String token) throws IOException;

  /** The key whose public half the server knows; null where it is the server's own. */
  @Nullable KeyOf key(TwoHospitals hospitals) {
    return null;
  }

  /** The RSA key by which right tokens are verified here, as everybody can know it. */
  PublicKnown known(TwoHospitals hospitals) throws IOException {
    KeyOf key = key(hospitals);
    if (key != null) {
      return new PublicKnown(key.publicJwk(), key.publicKey());
    }
    JsonNode jwks = hospitals.wire().send(Ask.get("/oauth2/jwks")).json();
    String jwk = jwks.path("keys").path(0).toString();
    try {
      return new PublicKnown(jwk, RSAKey.parse(jwk).toPublicKey());
    } catch (ParseException | JOSEException e) {
      throw new IOException("The server's key is no RSA key", new GeneralSecurityException(e));
    }
  }

  /** A public key in the forms in which somebody may take it for a secret. */
  record PublicKnown(String jwk, PublicKey key) {}
}
