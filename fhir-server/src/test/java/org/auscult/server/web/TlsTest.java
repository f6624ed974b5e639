package org.auscult.server.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.HashMap;
import java.util.Map;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedKeyManager;
import javax.net.ssl.X509KeyManager;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TlsTest {
  private static final int TLS_1_1 = 0x0302;
  private static final int TLS_1_2 = 0x0303;
  private static final int ALERT = 21;
  private static final int HANDSHAKE = 22;
  private static final int PROTOCOL_VERSION = 70;

  @TempDir static Path folder = Path.of("");
  private static KeyStore first;
  private static KeyStore second;
  private static KeyStore caller;
  private static KeyStore stranger;
  private static SmallServer server;

  @BeforeAll
  static void start() throws Exception {
    first = Certificates.make(folder, "first");
    second = Certificates.make(folder, "second");
    caller = Certificates.make(folder, "caller");
    stranger = Certificates.make(folder, "stranger");
    Certificates.write(first, certificate(), privateKey());
    Certificates.pem(
        folder.resolve("clients.crt"), "CERTIFICATE", caller.getCertificate("a").getEncoded());
    Map<String, Object> settings = new HashMap<>();
    settings.put("auscult.tls.certificate", certificate().toString());
    settings.put("auscult.tls.private-key", privateKey().toString());
    settings.put("auscult.tls.client-certificates", folder.resolve("clients.crt").toString());
    settings.put("spring.ssl.bundle.watch.file.quiet-period", "200ms");
    server = SmallServer.start(settings);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static Path certificate() {
    return folder.resolve("tls.crt");
  }

  private static Path privateKey() {
    return folder.resolve("tls.key");
  }

  private static SSLSocket connect(KeyStore trusted, @Nullable KeyStore own, String... protocols)
      throws Exception {
    KeyStore anchors = KeyStore.getInstance("PKCS12");
    anchors.load(null, null);
    anchors.setCertificateEntry("server", trusted.getCertificate("a"));
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(anchors);
    KeyManager[] keys = {};
    if (own != null) {
      KeyManagerFactory factory =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      factory.init(own, Certificates.password());
      keys = new KeyManager[] {new Insistent((X509KeyManager) factory.getKeyManagers()[0])};
    }
    SSLContext context = SSLContext.getInstance("TLS");
    TrustManager[] anchorsOnly = trust.getTrustManagers();
    context.init(keys, anchorsOnly, null);
    SSLSocket socket =
        (SSLSocket) context.getSocketFactory().createSocket("127.0.0.1", server.port());
    socket.setSoTimeout(30_000);
    if (protocols.length > 0) {
      socket.setEnabledProtocols(protocols);
    }
    return socket;
  }

  private static String get(SSLSocket socket, String path) throws IOException {
    OutputStream out = socket.getOutputStream();
    out.write(
        ("GET " + path + " HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
            .getBytes(StandardCharsets.US_ASCII));
    out.flush();
    return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }

  private static KeyStore served() throws Exception {
    for (KeyStore candidate : new KeyStore[] {first, second}) {
      try (SSLSocket socket = connect(candidate, null)) {
        socket.startHandshake();
        return candidate;
      } catch (IOException e) {
        // It serves the other one.
      }
    }
    throw new AssertionError("It serves neither certificate");
  }

  /** SMART: 30. */
  @Test
  void speaksTls13ToWhoKnowsIt() throws Exception {
    try (SSLSocket socket = connect(served(), null)) {
      assertThat(get(socket, "/oauth2/page"))
          .startsWith("HTTP/1.1 200")
          .contains("Strict-Transport-Security: max-age=31536000");
      assertThat(socket.getSession().getProtocol()).isEqualTo("TLSv1.3");
    }
  }

  /** SMART: 30. */
  @Test
  void speaksTls12WithForwardSecrecyToWhoKnowsNothingNewer() throws Exception {
    try (SSLSocket socket = connect(served(), null, "TLSv1.2")) {
      assertThat(get(socket, "/oauth2/page")).startsWith("HTTP/1.1 200");
      assertThat(socket.getSession().getCipherSuite()).contains("ECDHE", "GCM");
    }
  }

  /**
   * SMART: 30. Java's own client no longer offers TLS 1.1, so its first message is written here.
   */
  @Test
  void refusesTls11() throws Exception {
    assertThat(firstRecord(TLS_1_2)[0]).isEqualTo(HANDSHAKE);

    int[] refused = firstRecord(TLS_1_1);

    assertThat(refused[0]).isEqualTo(ALERT);
    assertThat(refused[6]).isEqualTo(PROTOCOL_VERSION);
  }

  /** The first seven bytes of what the server says to a client of that version. */
  private static int[] firstRecord(int version) throws IOException {
    ByteArrayOutputStream hello = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(hello);
    out.writeShort(version);
    out.write(new byte[32]);
    out.writeByte(0);
    out.writeShort(4);
    out.writeShort(0xC02B); // TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256
    out.writeShort(0xC009); // TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA, which TLS 1.1 has too
    out.writeByte(1);
    out.writeByte(0);
    out.writeShort(16);
    out.write(new byte[] {0, 10, 0, 4, 0, 2, 0, 23}); // supported group secp256r1
    out.write(new byte[] {0, 13, 0, 4, 0, 2, 4, 3}); // signature algorithm ECDSA, SHA-256
    byte[] body = hello.toByteArray();
    ByteArrayOutputStream record = new ByteArrayOutputStream();
    DataOutputStream whole = new DataOutputStream(record);
    whole.writeByte(HANDSHAKE);
    whole.writeShort(version);
    whole.writeShort(body.length + 4);
    whole.writeByte(1);
    whole.writeByte(0);
    whole.writeShort(body.length);
    whole.write(body);
    try (Socket socket = new Socket("127.0.0.1", server.port())) {
      socket.setSoTimeout(30_000);
      socket.getOutputStream().write(record.toByteArray());
      socket.getOutputStream().flush();
      InputStream in = socket.getInputStream();
      int[] answer = new int[7];
      for (int i = 0; i < answer.length; i++) {
        answer[i] = in.read();
      }
      return answer;
    }
  }

  /** Checklist: 55. */
  @Test
  void knowsAClientByItsCertificate() throws Exception {
    try (SSLSocket socket = connect(served(), caller)) {
      assertThat(get(socket, "/oauth2/who")).endsWith("CN=caller");
    }
    try (SSLSocket socket = connect(served(), null)) {
      assertThat(get(socket, "/oauth2/who")).endsWith("nobody");
    }
  }

  /** Java's client sends a certificate only if the server would take it; this one always does. */
  @Test
  void doesNotBelieveAnyCertificate() {
    assertThatThrownBy(
            () -> {
              try (SSLSocket socket = connect(served(), stranger)) {
                get(socket, "/oauth2/who");
              }
            })
        .isInstanceOf(IOException.class);
  }

  @Test
  void readsACertificateAnewWhenItsFileChanges() throws Exception {
    KeyStore before = served();
    KeyStore after = before == first ? second : first;

    Certificates.write(after, certificate(), privateKey());

    long end = System.nanoTime() + 60_000_000_000L;
    while (served() != after && System.nanoTime() < end) {
      Thread.sleep(200);
    }
    try (SSLSocket socket = connect(after, null)) {
      assertThat(get(socket, "/oauth2/page")).startsWith("HTTP/1.1 200");
      X509Certificate shown = (X509Certificate) socket.getSession().getPeerCertificates()[0];
      assertThat(shown).isEqualTo(after.getCertificate("a"));
    }
  }

  /** Shows its certificate whoever is asked for. */
  private static final class Insistent extends X509ExtendedKeyManager {
    private final X509KeyManager keys;

    Insistent(X509KeyManager keys) {
      this.keys = keys;
    }

    @Override
    public String chooseClientAlias(String[] types, Principal[] issuers, Socket socket) {
      return "a";
    }

    @Override
    public String[] getClientAliases(String type, Principal[] issuers) {
      return new String[] {"a"};
    }

    @Override
    public String[] getServerAliases(String type, Principal[] issuers) {
      return new String[0];
    }

    @Override
    public @Nullable String chooseServerAlias(String type, Principal[] issuers, Socket socket) {
      return null;
    }

    @Override
    public X509Certificate[] getCertificateChain(String alias) {
      return keys.getCertificateChain(alias);
    }

    @Override
    public PrivateKey getPrivateKey(String alias) {
      return keys.getPrivateKey(alias);
    }
  }
}
