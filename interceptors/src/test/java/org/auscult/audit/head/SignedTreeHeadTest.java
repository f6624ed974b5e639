package org.auscult.audit.head;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import org.auscult.audit.CanonicalJson;
import org.auscult.audit.head.HeadKeys.Check;
import org.auscult.audit.tree.Hash;
import org.junit.jupiter.api.Test;

/**
 * Heads and their keys; the key is the published example of RFC 8037 appendix A.
 *
 * <p>Governance: 8.
 */
class SignedTreeHeadTest {
  private static final Instant TIME = Instant.parse("2026-11-21T09:00:00.120Z");
  private static final String X = "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo";
  private static final String D = "nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A";
  private static final String JWK =
      "{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"kid\":\"k1\",\"x\":\"" + X + "\"}";
  private static final TreeHead HEAD = new TreeHead("log-1", 3, Hash.EMPTY_ROOT, TIME, "k1");

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static HeadKeys keys(String json) {
    return HeadKeys.read(bytes(json));
  }

  /** PKCS 8 of RFC 8410 section 7 around the 32 bytes. */
  private static PrivateKey privateKey() throws Exception {
    String pkcs8 = "302e020100300506032b657004220420";
    byte[] d = Base64.getUrlDecoder().decode(D);
    return KeyFactory.getInstance("Ed25519")
        .generatePrivate(
            new PKCS8EncodedKeySpec(HexFormat.of().parseHex(pkcs8 + HexFormat.of().formatHex(d))));
  }

  @Test
  void signsOneForm() throws Exception {
    assertThat(new String(HEAD.signedBytes(), StandardCharsets.UTF_8))
        .isEqualTo(
            "{\"form\":1,\"key\":\"k1\",\"log\":\"log-1\",\"root\":\""
                + Hash.EMPTY_ROOT.hex()
                + "\",\"size\":3,\"time\":\"2026-11-21T09:00:00.120Z\","
                + "\"type\":\"auscult-tree-head\"}");
    SignedTreeHead signed = HEAD.sign(privateKey());
    assertThat(keys(JWK).check(signed)).isEqualTo(Check.VALID);
    assertThat(SignedTreeHead.read(signed.write())).isEqualTo(signed);
    // Ed25519 is deterministic: the same head has the same signature for good.
    assertThat(HEAD.sign(privateKey())).isEqualTo(signed);
  }

  @Test
  void everyFieldIsSigned() throws Exception {
    String signature = HEAD.sign(privateKey()).signature();
    for (TreeHead changed :
        List.of(
            new TreeHead("log-2", 3, Hash.EMPTY_ROOT, TIME, "k1"),
            new TreeHead("log-1", 4, Hash.EMPTY_ROOT, TIME, "k1"),
            new TreeHead("log-1", 3, Hash.ZERO, TIME, "k1"),
            new TreeHead("log-1", 3, Hash.EMPTY_ROOT, TIME.plusMillis(1), "k1"))) {
      assertThat(keys(JWK).check(new SignedTreeHead(changed, signature)))
          .isEqualTo(Check.BAD_SIGNATURE);
    }
    TreeHead otherKey = new TreeHead("log-1", 3, Hash.EMPTY_ROOT, TIME, "k2");
    assertThat(keys(JWK).check(new SignedTreeHead(otherKey, signature)))
        .isEqualTo(Check.UNKNOWN_KEY);
    assertThat(keys(JWK.replace("k1", "k2")).check(new SignedTreeHead(otherKey, signature)))
        .isEqualTo(Check.BAD_SIGNATURE);
  }

  @Test
  void whatIsNoSignatureIsABadOne() {
    for (String wrong : List.of("", "AAAA", "???", "A".repeat(86), "A".repeat(1000))) {
      assertThat(keys(JWK).check(new SignedTreeHead(HEAD, wrong))).isEqualTo(Check.BAD_SIGNATURE);
    }
  }

  @Test
  void aKeyVerifiesWhatItSignedWhileInUse() throws Exception {
    SignedTreeHead signed = HEAD.sign(privateKey());
    long time = TIME.getEpochSecond();
    assertThat(check(signed, time, time + 1)).isEqualTo(Check.VALID);
    assertThat(check(signed, time - 9999, time - 200)).isEqualTo(Check.VALID);
    assertThat(check(signed, time - 9999, time - 301)).isEqualTo(Check.KEY_NOT_IN_USE);
    assertThat(check(signed, time + 200, time + 9999)).isEqualTo(Check.VALID);
    assertThat(check(signed, time + 302, time + 9999)).isEqualTo(Check.KEY_NOT_IN_USE);
  }

  private static Check check(SignedTreeHead signed, long from, long until) {
    return keys(JWK.replace("\"x\"", "\"nbf\":" + from + ",\"exp\":" + until + ",\"x\""))
        .check(signed);
  }

  @Test
  void aKeyIsReadAsItIsWritten() {
    HeadKey key = keys(JWK).all().get(0);
    assertThat(key.jwk())
        .containsEntry("x", X)
        .containsEntry("kid", "k1")
        .doesNotContainKeys("nbf", "exp", "d");
    HeadKey timed = new HeadKey("k1", key.publicKey(), TIME.plusMillis(1), TIME.plusSeconds(9));
    HeadKey read =
        keys(new String(CanonicalJson.write(timed.jwk()), StandardCharsets.UTF_8)).all().get(0);
    assertThat(read.publicKey()).isEqualTo(key.publicKey());
    assertThat(read.from()).isEqualTo(Instant.parse("2026-11-21T09:00:00Z"));
    assertThat(read.until()).isEqualTo(Instant.parse("2026-11-21T09:00:10Z"));
  }

  @Test
  void readsASet() {
    HeadKeys keys = keys("{\"keys\":[" + JWK + "," + JWK.replace("k1", "k2") + "]}");
    assertThat(keys.all()).extracting(HeadKey::id).containsExactly("k1", "k2");
    assertThatThrownBy(() -> keys("{\"keys\":[" + JWK + "," + JWK + "]}"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void takesPublicKeysOfEd25519Only() throws Exception {
    for (String wrong :
        List.of(
            "{}",
            JWK.replace("OKP", "EC"),
            JWK.replace("Ed25519", "X25519"),
            JWK.replace("\"x\"", "\"d\":\"" + D + "\",\"x\""),
            JWK.replace(X, X.substring(4)),
            JWK.replace(X, X + "AAAA"),
            JWK.replace("kid", "id"))) {
      assertThatThrownBy(() -> keys(wrong)).as(wrong).isInstanceOf(IllegalArgumentException.class);
    }
    var rsa = KeyPairGenerator.getInstance("RSA").generateKeyPair();
    assertThatThrownBy(() -> new HeadKey("k", rsa.getPublic(), null, null))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> HEAD.sign(rsa.getPrivate()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void isRefusedWhereItIsNoHead() throws Exception {
    String written = new String(HEAD.sign(privateKey()).write(), StandardCharsets.UTF_8);
    for (String[] change :
        new String[][] {
          {"auscult-tree-head", "another"},
          {"\"form\":1", "\"form\":2"},
          {"\"size\":3", "\"size\":-1"},
          {"\"log\":\"log-1\"", "\"log\":\"\""},
          {"\"log\":\"log-1\"", "\"log\":\"a\\nb\""},
          {"\"signature\"", "\"sign\""},
          {"Z\"", "\""},
        }) {
      assertThat(written).contains(change[0]);
      assertThatThrownBy(() -> SignedTreeHead.read(bytes(written.replace(change[0], change[1]))))
          .as(change[1])
          .isInstanceOf(IllegalArgumentException.class);
    }
  }
}
