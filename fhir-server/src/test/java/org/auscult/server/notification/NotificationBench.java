package org.auscult.server.notification;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.jpa.api.dao.DaoRegistry;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.SignedJWT;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.auscult.audit.AuditTrail;
import org.auscult.model.ModelCatalog;
import org.auscult.model.fhir.PredictionResources;
import org.auscult.monitoring.finding.FindingKind;
import org.auscult.monitoring.finding.FindingSeverity;
import org.auscult.monitoring.finding.FindingSubject;
import org.auscult.monitoring.finding.MonitoringFinding;
import org.auscult.server.access.TokenHolder;
import org.auscult.server.alert.AlertUrls;
import org.auscult.server.alert.IssueKey;
import org.auscult.server.alert.IssueTerms;
import org.auscult.server.alert.MonitoringIssues;
import org.auscult.server.caller.GuardedHttp;
import org.auscult.server.config.PublicUrls;
import org.auscult.server.keys.KeyRing;
import org.auscult.server.notification.ToldReceiver.Call;
import org.auscult.server.notification.signed.NotificationKeys;
import org.auscult.server.notification.signed.NotificationSignatures;
import org.hl7.fhir.r4.model.DetectedIssue;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.Subscription;
import org.hl7.fhir.r4.model.Subscription.SubscriptionChannelType;
import org.hl7.fhir.r4.model.Subscription.SubscriptionStatus;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Subscribers, issues and nodes: with what tests of notifications work on either database. */
abstract class NotificationBench {
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  static final String PREVENT = "https://auscult.org/fhir/Library/prevent-2023|1.0.0";
  static final String KFRE = "https://auscult.org/fhir/Library/kfre-4var-non-north-america|1.0.0";

  /** With what a test works. */
  record Server(
      String root,
      KeyRing keys,
      FhirContext fhir,
      JdbcTemplate jdbc,
      DaoRegistry daos,
      MonitoringIssues issues,
      ModelCatalog models,
      NotificationSettings settings,
      PublicUrls urls,
      PlatformTransactionManager transactions,
      AuditTrail audit) {}

  final Server server;
  final ToldReceiver told;
  final NotificationRows rows;
  final String mark = UUID.randomUUID().toString();
  final List<String> written = new ArrayList<>();
  final List<IssueKey> found = new ArrayList<>();
  Instant now = Instant.now();

  NotificationBench(Server server, ToldReceiver told) {
    this.server = server;
    this.told = told;
    this.rows = new NotificationRows(server.jdbc());
    told.reset();
  }

  /** Takes back what a test left. */
  void takeBack() throws Exception {
    for (String id : written) {
      send("DELETE", "Subscription/" + id, null, everybody());
    }
    found.forEach(key -> server.issues().over(key, "Over.", now));
    assertThat(rows.channels()).noneMatch(written::contains);
    told.reset();
  }

  /** What was answered. */
  record Answer(int status, String body) {}

  Answer send(String method, String path, @Nullable Resource resource, String token)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(server.root() + "/fhir/" + path))
            .header("Authorization", "Bearer " + token)
            .header("Cache-Control", "no-cache")
            .header("Content-Type", "application/fhir+json")
            .method(
                method,
                resource == null
                    ? BodyPublishers.noBody()
                    : BodyPublishers.ofString(
                        server.fhir().newJsonParser().encodeResourceToString(resource)));
    HttpResponse<String> answer = HTTP.send(request.build(), BodyHandlers.ofString());
    return new Answer(answer.statusCode(), answer.body());
  }

  String everybody() {
    return TokenHolder.ofEveryRole(server.root(), server.keys());
  }

  String vendor() {
    return TokenHolder.ofClient(server.root(), server.keys(), "vendor");
  }

  Subscription subscription(String path) {
    Subscription subscription = new Subscription();
    subscription.getMeta().addProfile(NotificationUrls.SUBSCRIPTION);
    subscription.setStatus(SubscriptionStatus.REQUESTED).setReason("On duty");
    subscription.setCriteria(
        "DetectedIssue?code="
            + AlertUrls.KIND_SYSTEM
            + "|performance&implicated="
            + device(PREVENT));
    subscription
        .getChannel()
        .setType(SubscriptionChannelType.RESTHOOK)
        .setEndpoint(told.root() + path)
        .setPayload("application/fhir+json");
    return subscription;
  }

  String device(String model) {
    return "Device/"
        + PredictionResources.device(server.models().find(model).orElseThrow().model())
            .getIdElement()
            .getIdPart();
  }

  String create(Subscription subscription, String token) throws Exception {
    Answer answer = send("POST", "Subscription", subscription, token);
    assertThat(answer.status()).as(answer.body()).isEqualTo(201);
    Subscription stored = parse(answer.body());
    assertThat(stored.getStatus()).isEqualTo(SubscriptionStatus.ACTIVE);
    written.add(stored.getIdElement().getIdPart());
    return stored.getIdElement().getIdPart();
  }

  String subscribe(String path, Consumer<Subscription> change) throws Exception {
    Subscription subscription = subscription(path);
    change.accept(subscription);
    return create(subscription, everybody());
  }

  Subscription parse(String json) {
    return server.fhir().newJsonParser().parseResource(Subscription.class, json);
  }

  Subscription read(String id) throws Exception {
    return parse(send("GET", "Subscription/" + id, null, everybody()).body());
  }

  /** An issue of its own for each number. */
  IssueKey key(String model, int number, String site) {
    return new IssueKey(
        FindingKind.PERFORMANCE, "https://example.org/" + mark + "-" + number + "|1", model, site);
  }

  IssueKey find(String model, int number, String site) {
    IssueKey key = key(model, number, site);
    say(key, "It is bad");
    return key;
  }

  void say(IssueKey key, String text) {
    found.add(key);
    server
        .issues()
        .found(
            key,
            new IssueTerms("A rule", FindingSeverity.INFO, null),
            List.of(
                new MonitoringFinding(
                    FindingKind.PERFORMANCE,
                    FindingSeverity.INFO,
                    FindingSubject.ofModel(key.about(), "total_cvd"),
                    null,
                    null,
                    text,
                    List.of())),
            now);
  }

  NotificationRound node() {
    return node(server.audit(), Duration.ofSeconds(5), UnaryOperator.identity());
  }

  NotificationRound node(
      AuditTrail audit, Duration budget, UnaryOperator<NotificationSettings> change) {
    NotificationSettings settings = change.apply(server.settings());
    return new NotificationRound(
        new NotificationRound.Tools(
            rows,
            server.daos().getResourceDao(Subscription.class),
            new NotificationSender(
                new GuardedHttp(budget, false),
                new NotificationSignatures(server.keys()),
                settings,
                server.urls()),
            new TransactionTemplate(server.transactions()),
            audit,
            new SimpleMeterRegistry()),
        settings,
        clock());
  }

  InstantSource clock() {
    return () -> now;
  }

  void look() {
    node().runAll(() -> true);
  }

  DetectedIssue issue(Call call) {
    return server.fhir().newJsonParser().parseResource(DetectedIssue.class, call.body());
  }

  SignedJWT verified(Call call) throws Exception {
    HttpResponse<String> keys =
        HTTP.send(
            HttpRequest.newBuilder(URI.create(server.root() + NotificationKeys.PATH)).build(),
            BodyHandlers.ofString());
    assertThat(keys.statusCode()).isEqualTo(200);
    assertThat(keys.body()).doesNotContain("\"d\"");
    SignedJWT signed = SignedJWT.parse(call.signature());
    assertThat(
            signed.verify(
                new ECDSAVerifier(
                    JWKSet.parse(keys.body())
                        .getKeyByKeyId(signed.getHeader().getKeyID())
                        .toECKey())))
        .isTrue();
    byte[] hash =
        MessageDigest.getInstance("SHA-256").digest(call.body().getBytes(StandardCharsets.UTF_8));
    assertThat(signed.getJWTClaimsSet().getStringClaim("body_sha256"))
        .isEqualTo(HexFormat.of().formatHex(hash));
    assertThat(signed.getJWTClaimsSet().getIssuer()).isEqualTo(server.urls().root());
    assertThat(signed.getJWTClaimsSet().getAudience()).containsExactly(told.root() + call.path());
    return signed;
  }

  static String delivery(SignedJWT signed) throws Exception {
    return signed.getJWTClaimsSet().getJWTID();
  }
}
