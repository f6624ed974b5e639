package org.auscult.prove.attack;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.util.Base64;
import java.util.List;
import org.auscult.prove.Folders;
import org.auscult.prove.hospital.Jwt;

/** A certificate that an attacker signed for itself. */
record OwnCertificate(PrivateKey key, List<String> chain) {
  /** Made with the JDK's own tool. */
  static OwnCertificate make() throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory("auscult-prove");
    char[] word = "attacker".toCharArray();
    try {
      Path file = folder.resolve("own.p12");
      Process tool =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                  "-genkeypair",
                  "-keyalg",
                  "RSA",
                  "-alias",
                  "own",
                  "-dname",
                  "CN=nightly",
                  "-storetype",
                  "PKCS12",
                  "-keystore",
                  file.toString(),
                  "-storepass",
                  String.valueOf(word))
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      if (tool.waitFor() != 0) {
        throw new IOException("keytool made no certificate");
      }
      KeyStore store = KeyStore.getInstance("PKCS12");
      try (InputStream in = Files.newInputStream(file)) {
        store.load(in, word);
      }
      String certificate =
          Base64.getEncoder().encodeToString(store.getCertificate("own").getEncoded());
      return new OwnCertificate((PrivateKey) store.getKey("own", word), List.of(certificate));
    } catch (GeneralSecurityException e) {
      throw new IOException("keytool made no certificate", e);
    } finally {
      Folders.delete(folder);
    }
  }

  Jwt.Signer signer() {
    return Jwt.by(key, "SHA384withRSA");
  }

  /** Never the key. */
  @Override
  public String toString() {
    return "OwnCertificate[]";
  }
}
