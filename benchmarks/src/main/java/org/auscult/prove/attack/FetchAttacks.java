package org.auscult.prove.attack;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.List;
import org.auscult.prove.hospital.Ask;
import org.auscult.prove.hospital.Jwt;
import org.auscult.prove.hospital.KeyOf;
import org.auscult.prove.hospital.TwoHospitals;

/** Addresses that the server is to fetch for an attacker. */
final class FetchAttacks implements Attack {
  private final Trap trap;

  FetchAttacks(Trap trap) {
    this.trap = trap;
  }

  @Override
  public void run(Tries tries) throws IOException {
    tries.of("SSRF by a hook's fhirServer");
    String port = ":" + trap.port();
    for (String host :
        List.of(
            "127.0.0.1" + port,
            "localhost" + port,
            "LOCALHOST." + port,
            "127.1" + port,
            "0x7f.1" + port,
            "0177.0.0.1" + port,
            "2130706433" + port,
            "0" + port,
            "0.0.0.0" + port,
            "[::1]" + port,
            "[::ffff:127.0.0.1]" + port,
            "[::ffff:7f00:1]" + port,
            "[0:0:0:0:0:0:0:1%25lo]" + port,
            "127.0.0.1.example.org@127.0.0.1" + port,
            "127.0.0.1" + port + "#@ehr.example.org",
            "127.0.0.1" + port + "\\@ehr.example.org",
            "169.254.169.254/latest/meta-data",
            "[fe80::1]",
            "10.0.0.1",
            "192.168.0.1",
            "[fd00::1]",
            "\u2460\u2461\u2466.0.0.1" + port)) {
      for (String scheme : List.of("http", "https")) {
        call(tries, scheme + "://" + host + "/fhir", Expect.outcome(400, 412));
      }
    }
    for (String other :
        List.of("file:///etc", "gopher://127.0.0.1" + port, "jar:file:/etc!/", "")) {
      call(tries, other, Expect.outcome(400, 412));
    }
    call(tries, "http://127.0.0.1" + port + "/redirect/../inner", Expect.outcome(400, 412));
    tries.of("SSRF by a listed name of a private address");
    call(tries, "http://" + AttacksProof.INTERNAL + port + "/fhir", Expect.outcome(412));
    tries.of("SSRF by a redirect of a listed server");
    call(tries, "http://127.0.0.1" + port + "/redirect/fhir", Expect.outcome(412));
    tries.judged(
        "the listed server was asked",
        trap.redirects() > 0 ? null : "it was not, so it says nothing");
    tries.of("SSRF by a listed jku of a private address");
    KeyOf own = KeyOf.make("own", "RS384");
    ObjectNode claims =
        TwoHospitals.claims(
            "https://lured.example.org", tries.hospitals().wire().root() + TwoHospitals.SERVICE);
    String jku = "https://" + AttacksProof.INTERNAL + port + "/jwks.json";
    String header = TwoHospitals.header(own).put("jku", jku).toString();
    tries.request(
        "jku",
        Door.HOOK.ask(tries.hospitals(), Jwt.of(header, claims.toString(), own.signer()).compact()),
        Expect.outcome(401, 503));
    tries.of("SSRF: what was called");
    tries.judged("the trap", trap.calls().isEmpty() ? null : "it was called: " + trap.calls());
  }

  /** Of a patient whom our record does not know, so that the server would have to fetch. */
  private static void call(Tries tries, String fhirServer, Expect due) throws IOException {
    ObjectNode call = tries.hospitals().chart(tries.hospitals().north());
    call.put("fhirServer", fhirServer);
    call.withObject("/context").put("patientId", "unknown-here");
    call.putObject("fhirAuthorization")
        .put("access_token", "hook-token-that-no-log-holds")
        .put("token_type", "Bearer")
        .put("expires_in", 300)
        .put("scope", "patient/*.read")
        .put("subject", "x");
    tries.secret("hook-token-that-no-log-holds");
    tries.request(
        fhirServer.isEmpty() ? "empty" : fhirServer.replaceAll(":\\d{4,5}", ""),
        Ask.json(TwoHospitals.SERVICE, call)
            .bearer(tries.hospitals().hookToken(TwoHospitals.SERVICE)),
        due);
  }
}
