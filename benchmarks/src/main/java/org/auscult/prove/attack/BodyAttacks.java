package org.auscult.prove.attack;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.auscult.prove.hospital.Ask;
import org.auscult.prove.hospital.LogWatch;
import org.auscult.prove.hospital.Staff;
import org.auscult.prove.hospital.TwoHospitals;

/** What a body, a header or a path can hold beside what it says. */
final class BodyAttacks implements Attack {
  private static final String XML = "application/fhir+xml";
  private static final String JSON = "application/fhir+json";
  private static final Expect REFUSED = Expect.outcome(400, 413, 415, 422);

  private final int trap;

  BodyAttacks(int trap) {
    this.trap = trap;
  }

  @Override
  public void run(Tries tries) throws IOException {
    entities(tries);
    bombs(tries);
    headers(tries);
    hosts(tries);
    logLines(tries);
    paths(tries);
  }

  private void entities(Tries tries) throws IOException {
    tries.of("XXE and entity bombs");
    String nora = tries.hospitals().token(Staff.NORA);
    Map<String, String> types = new LinkedHashMap<>();
    types.put("external file", "<!DOCTYPE p [<!ENTITY x SYSTEM \"file:///etc/passwd\">]>");
    types.put(
        "external address",
        "<!DOCTYPE p [<!ENTITY x SYSTEM \"http://127.0.0.1:" + trap + "/x\">]>");
    types.put("external type", "<!DOCTYPE p SYSTEM \"http://127.0.0.1:" + trap + "/x.dtd\">");
    types.put(
        "parameter entity",
        "<!DOCTYPE p [<!ENTITY % x SYSTEM \"http://127.0.0.1:" + trap + "/x.dtd\"> %x;]>");
    types.put("internal entity", "<!DOCTYPE p [<!ENTITY x \"y\">]>");
    StringBuilder laughs = new StringBuilder("<!DOCTYPE p [<!ENTITY x0 \"ha\">");
    for (int i = 1; i <= 12; i++) {
      laughs
          .append("<!ENTITY x")
          .append(i)
          .append(" \"")
          .append(("&x" + (i - 1) + ";").repeat(10))
          .append("\">");
    }
    types.put("billion laughs", laughs.append("<!ENTITY x \"&x12;\">]>").toString());
    types.put("quadratic", "<!DOCTYPE p [<!ENTITY x \"" + "a".repeat(50_000) + "\">]>");
    for (Map.Entry<String, String> type : types.entrySet()) {
      String use = type.getKey().equals("quadratic") ? "&x;".repeat(2_000) : "&x;";
      String body =
          "<?xml version=\"1.0\"?>"
              + type.getValue()
              + "<Patient xmlns=\"http://hl7.org/fhir\"><name><family value=\""
              + use
              + "\"/></name>"
              + "<text><status value=\"generated\"/><div xmlns=\"http://www.w3.org/1999/xhtml\">"
              + use
              + "</div></text></Patient>";
      for (String target : List.of("Patient", "Patient/$validate", "")) {
        tries.request(
            type.getKey() + " to /" + target,
            Ask.send("POST", "/fhir/" + target, XML, body.getBytes(UTF_8)).bearer(nora),
            Expect.outcome(400, 403, 413, 422).and(Expect.nothingOf("root:x:", "hahaha")));
      }
      tries.request(
          type.getKey() + " in UTF-16",
          Ask.send(
                  "POST",
                  "/fhir/Patient",
                  XML,
                  body.replace("?>", " encoding=\"UTF-16\"?>").getBytes(StandardCharsets.UTF_16))
              .bearer(nora),
          Expect.outcome(400, 413, 422).and(Expect.nothingOf("root:x:", "hahaha")));
      tries.request(
          type.getKey() + " to a hook",
          Ask.send("POST", TwoHospitals.SERVICE, "application/xml", body.getBytes(UTF_8))
              .bearer(tries.hospitals().hookToken(TwoHospitals.SERVICE)),
          Expect.status(400, 415));
    }
    String include =
        "<Patient xmlns=\"http://hl7.org/fhir\" xmlns:xi=\"http://www.w3.org/2001/XInclude\">"
            + "<xi:include parse=\"text\" href=\"file:///etc/passwd\"/></Patient>";
    tries.request(
        "XInclude",
        Ask.send("POST", "/fhir/Patient", XML, include.getBytes(UTF_8)).bearer(nora),
        REFUSED.and(Expect.nothingOf("root:x:")));
  }

  private static void bombs(Tries tries) throws IOException {
    tries.of("JSON and XML bombs");
    String nora = tries.hospitals().token(Staff.NORA);
    Map<String, String> bodies = new LinkedHashMap<>();
    for (int depth : List.of(101, 1_000, 100_000)) {
      bodies.put(
          depth + " arrays",
          "{\"resourceType\":\"Patient\",\"x\":" + "[".repeat(depth) + "]".repeat(depth) + "}");
      bodies.put(
          depth + " objects",
          "{\"resourceType\":\"Patient\",\"x\":"
              + "{\"a\":".repeat(depth)
              + "1"
              + "}".repeat(depth)
              + "}");
      bodies.put(depth + " arrays, never closed", "[".repeat(depth));
    }
    String start =
        "{\"resourceType\":\"Observation\",\"status\":\"final\",\"code\":{\"text\":\"x\"},";
    bodies.put("exponent", start + "\"valueQuantity\":{\"value\":1e999999999}}");
    bodies.put("negative exponent", start + "\"valueQuantity\":{\"value\":1e-999999999}}");
    bodies.put("integer exponent", start + "\"valueInteger\":1e999999999}");
    bodies.put(
        "100,000 digits", start + "\"valueQuantity\":{\"value\":" + "9".repeat(100_000) + "}}");
    bodies.put("not a number", start + "\"valueQuantity\":{\"value\":NaN}}");
    bodies.put(
        "two subjects",
        start
            + "\"subject\":{\"reference\":\""
            + tries.hospitals().north().reference()
            + "\"},\"subject\":{\"reference\":\""
            + tries.hospitals().south().reference()
            + "\"}}");
    bodies.put("long name", "{\"resourceType\":\"Patient\",\"" + "a".repeat(200_000) + "\":1}");
    bodies.put(
        "200,000 zeros", "{\"resourceType\":\"Patient\",\"x\":[0" + ",0".repeat(200_000) + "]}");
    bodies.put("cut off", "{\"resourceType\":\"Patient\",\"gender\":\"fem");
    bodies.put("text behind it", "{\"resourceType\":\"Patient\"}{\"resourceType\":\"Patient\"}");
    for (Map.Entry<String, String> body : bodies.entrySet()) {
      String type =
          body.getKey().contains("subject") || body.getValue().startsWith(start)
              ? "Observation"
              : "Patient";
      tries.request(
          body.getKey(),
          Ask.send("POST", "/fhir/" + type, JSON, body.getValue().getBytes(UTF_8)).bearer(nora),
          Expect.outcome(400, 403, 404, 413, 422));
      tries.request(
          body.getKey() + " to a hook",
          Ask.send(
                  "POST", TwoHospitals.SERVICE, "application/json", body.getValue().getBytes(UTF_8))
              .bearer(tries.hospitals().hookToken(TwoHospitals.SERVICE)),
          Expect.outcome(400, 413));
    }
    String call = tries.hospitals().chart(tries.hospitals().north()).toString();
    tries.request(
        "a hook call with two contexts",
        Ask.send(
                "POST",
                TwoHospitals.SERVICE,
                "application/json",
                (call.substring(0, call.length() - 1)
                        + ",\"context\":{\"userId\":\"Practitioner/1\",\"patientId\":\""
                        + tries.hospitals().south().id()
                        + "\"}}")
                    .getBytes(UTF_8))
            .bearer(tries.hospitals().hookToken(TwoHospitals.SERVICE)),
        Expect.outcome(400));
    String xml = "<Patient xmlns=\"http://hl7.org/fhir\">" + "<contact>".repeat(20_000);
    tries.request(
        "20,000 elements",
        Ask.send("POST", "/fhir/Patient", XML, xml.getBytes(UTF_8)).bearer(nora),
        REFUSED);
    tries.request(
        "a compressed body",
        Ask.send("POST", "/fhir/Patient", JSON, new byte[] {31, -117, 8, 0, 0})
            .with("Content-Encoding: gzip")
            .bearer(nora),
        Expect.outcome(400, 415));
  }

  private static void headers(Tries tries) throws IOException {
    tries.of("header injection");
    String nora = tries.hospitals().token(Staff.NORA);
    Expect uninjected =
        reply ->
            reply.headers().containsKey("injected")
                    || reply
                        .headers()
                        .getOrDefault("set-cookie", List.of())
                        .toString()
                        .contains("injected")
                ? "a header of the attacker's came back"
                : reply.status() >= 500 ? "HTTP " + reply.status() : null;
    for (String break_ :
        List.of("%0d%0a", "%0a", "%0d", "%E5%98%8A%E5%98%8D", "%c4%8d%c4%8a", "%00")) {
      String line = "x" + break_ + "Injected:%20yes" + break_ + "Set-Cookie:%20injected=1";
      for (String target :
          List.of(
              "/fhir/Patient?_id=" + line,
              "/fhir/Patient/" + line,
              "/fhir/Patient?_format=" + line,
              "/fhir/metadata?mode=" + line,
              "/fhir/" + line)) {
        String what = target.replace(line, break_);
        Ask ask = Ask.get(target).bearer(nora);
        // The container takes no path with a zero in it.
        if (break_.equals("%00") && !target.contains("?")) {
          tries.unrecorded(what, ask, uninjected);
        } else {
          tries.request(what, ask, uninjected);
        }
      }
      for (String target :
          List.of(
              "/login?" + line,
              "/oauth2/consent?state=" + line,
              "/oauth2/authorize?client_id=rounds&response_type=code&state=" + line,
              "/oauth2/authorize?client_id=rounds&response_type=code&redirect_uri="
                  + Ask.encoded(Staff.redirect(Staff.ROUNDS))
                  + "&state="
                  + line,
              "/" + line)) {
        tries.unrecorded(target.replace(line, break_), Ask.get(target), uninjected);
      }
    }
    for (String id : List.of("a b", "x\tInjected: yes", "<script>", "\u00e9", "a".repeat(5_000))) {
      tries.unrecorded(
          "request id", Ask.get("/fhir/metadata").with("X-Request-Id: " + id), uninjected);
    }
  }

  /** Links are written with the server's own address, whatever the request says. */
  private static void hosts(Tries tries) throws IOException {
    tries.of("Host and X-Forwarded spoofing");
    String nora = tries.hospitals().token(Staff.NORA);
    Expect own = Expect.nothingOf("evil.example.org");
    for (String line :
        List.of(
            "Host: evil.example.org",
            "X-Forwarded-Host: evil.example.org",
            "Forwarded: host=evil.example.org;proto=https",
            "X-Forwarded-Proto: https://evil.example.org/",
            "X-Forwarded-Prefix: https://evil.example.org",
            "X-Original-URL: /evil.example.org",
            "X-Rewrite-URL: https://evil.example.org")) {
      tries.request(line, Ask.get("/fhir/Observation?_count=1").with(line).bearer(nora), own);
      tries.request(line + " metadata", Ask.get("/fhir/metadata").with(line), own);
      for (String page :
          List.of(
              "/fhir/.well-known/smart-configuration",
              "/.well-known/openid-configuration",
              "/oauth2/authorize?client_id=rounds",
              "/oauth2/account",
              "/login")) {
        tries.unrecorded(line + " " + page, Ask.get(page).with(line), own);
      }
    }
    tries.unrecorded(
        "metrics as if from here",
        Ask.get("/actuator/prometheus").with("X-Forwarded-For: 127.0.0.1"),
        Expect.status(404));
  }

  private static void logLines(Tries tries) throws IOException {
    tries.of("log injection");
    TwoHospitals hospitals = tries.hospitals();
    String nora = hospitals.token(Staff.NORA);
    String line =
        "\r\n2026-01-01T00:00:00.000Z  INFO 1 --- [main] " + LogWatch.FORGED + "\u001b[31m";
    String shorter = "\n" + LogWatch.FORGED + "\u001b[2J";
    for (String text :
        List.of(line, shorter, "\u2028" + LogWatch.FORGED, "\u0085" + LogWatch.FORGED)) {
      var browser = hospitals.browser("127.99.3.1");
      tries.oauth(
          "user name",
          browser,
          Ask.form("/login", browser.loginForm(text, "guess", "")),
          Expect.status(302, 400));
      tries.oauth(
          "client id",
          Ask.form(
              "/oauth2/token",
              Map.of("grant_type", "refresh_token", "client_id", text, "refresh_token", text)),
          Expect.status(400, 401));
      String encoded = Ask.encoded(text);
      for (String target :
          List.of(
              "Patient/" + encoded,
              "Patient?name=" + encoded,
              encoded,
              "Patient/1/" + encoded,
              "Patient?" + encoded + "=1",
              "$" + encoded)) {
        tries.request(
            "FHIR",
            Ask.get("/fhir/" + target).bearer(nora),
            Expect.nothingOf(hospitals.south().family()));
      }
      tries.request(
          "service's id",
          Ask.json("/cds-services/" + encoded, hospitals.chart(hospitals.north()))
              .bearer(hospitals.hookToken("/cds-services/" + encoded)),
          Expect.outcome(400, 401, 404));
      var call = hospitals.chart(hospitals.north());
      call.put("hook", text).put("hookInstance", text);
      tries.request(
          "hook",
          Ask.json(TwoHospitals.SERVICE, call).bearer(hospitals.hookToken(TwoHospitals.SERVICE)),
          Expect.outcome(400));
      var user = hospitals.chart(hospitals.north());
      user.withObject("/context").put("userId", "Practitioner/" + text).put("patientId", text);
      tries.request(
          "ids of a call",
          Ask.json(TwoHospitals.SERVICE, user).bearer(hospitals.hookToken(TwoHospitals.SERVICE)),
          Expect.status(200, 400, 412));
    }
  }

  /** Other ways to write a path: none leads to a file, or past the door. */
  private static void paths(Tries tries) throws IOException {
    tries.of("path traversal and paths past the door");
    TwoHospitals hospitals = tries.hospitals();
    Expect shut =
        Expect.nothingOf(hospitals.north().family(), "root:x:", "jdbc:")
            .and(
                reply ->
                    reply.status() < 400
                            && !reply
                                .json()
                                .path("resourceType")
                                .asText()
                                .equals("CapabilityStatement")
                        ? "HTTP " + reply.status()
                        : null);
    String patient = hospitals.north().reference();
    for (String target :
        List.of(
            "/fhir/" + patient,
            "//fhir/" + patient,
            "/fhir//" + patient,
            "/fhir/./" + patient,
            "/fhir/%2e/" + patient,
            "/fhir/metadata/../" + patient,
            "/fhir/metadata/%2e%2e/" + patient,
            "/fhir/metadata;x=y/../" + patient,
            "/fhir/metadata/..;/" + patient,
            "/fhir/.well-known/smart-configuration/../../" + patient,
            "/fhir/.well-known/smart-configuration/%2e%2e/%2e%2e/" + patient,
            "/fhir;a=b/" + patient,
            "/fhir/;a=b/" + patient,
            "/FHIR/" + patient,
            "/%66hir/" + patient,
            "/fhir%2f" + patient,
            "/fhir\\" + patient,
            "/oauth2/../fhir/" + patient,
            "/cds-services/../fhir/" + patient,
            "/actuator/health/..;/../fhir/" + patient,
            "http://127.0.0.1/fhir/" + patient,
            "/fhir/metadata?/../" + patient.replace("Patient", "x"),
            "/actuator/..;/fhir/" + patient,
            "/../../../../etc/passwd",
            "/%2e%2e/%2e%2e/etc/passwd",
            "/..%2f..%2f..%2fetc%2fpasswd",
            "/..%5c..%5cetc%5cpasswd",
            "/oauth2/style.css/../../../etc/passwd",
            "/oauth2/..%2f..%2fetc%2fpasswd",
            "/static/../../master.key",
            "/WEB-INF/web.xml",
            "/META-INF/MANIFEST.MF",
            "/BOOT-INF/classes/application.yaml",
            "/actuator/env",
            "/actuator/heapdump",
            "/actuator/health/../env",
            "/h2-console",
            "/error/../actuator/env",
            "/fhir/Binary/..%2f..%2fetc%2fpasswd",
            "/fhir/Binary/%2e%2e%2f%2e%2e%2fetc%2fpasswd",
            "/fhir/Binary/....//....//etc/passwd")) {
      tries.unrecorded(target, Ask.get(target), shut);
    }
    String nora = hospitals.token(Staff.NORA);
    for (String id :
        List.of(
            "..%2f..%2fetc%2fpasswd",
            "%2e%2e%2fx", "..", "%00", "x%00.txt", "a%2fb", "master.key")) {
      tries.unrecorded("Binary/" + id, Ask.get("/fhir/Binary/" + id).bearer(nora), shut);
    }
  }
}
