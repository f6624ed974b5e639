package org.auscult.server.keys;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.KeyPair;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Base64;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Keys in memory, for tests of those who sign or encrypt. What it encrypts is no secret. */
public final class FakeKeyRing implements KeyRing {
  private final Map<KeyPurpose, List<VerifyingKey>> verifying = new EnumMap<>(KeyPurpose.class);
  private final Map<KeyPurpose, SigningKey> signing = new EnumMap<>(KeyPurpose.class);

  @Override
  public synchronized SigningKey signing(KeyPurpose purpose) {
    SigningKey known = signing.get(purpose);
    return known == null ? rotate(purpose) : known;
  }

  @Override
  public synchronized List<VerifyingKey> verifying(KeyPurpose purpose) {
    return List.copyOf(verifying.getOrDefault(purpose, List.of()));
  }

  @Override
  public synchronized SigningKey rotate(KeyPurpose purpose) {
    KeyPair pair = KeyPairs.generate(purpose);
    SigningKey made =
        new SigningKey(KeyPairs.id(pair.getPublic()), purpose, pair.getPrivate(), pair.getPublic());
    Instant from = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    List<VerifyingKey> keys = new ArrayList<>();
    keys.add(new VerifyingKey(made.id(), purpose, made.publicKey(), from, null));
    @Nullable Instant until = from;
    for (VerifyingKey old : verifying(purpose)) {
      keys.add(new VerifyingKey(old.id(), purpose, old.publicKey(), old.from(), until));
      until = old.from();
    }
    verifying.put(purpose, keys);
    signing.put(purpose, made);
    return made;
  }

  @Override
  public byte[] encrypt(byte[] plain, String context) {
    Base64.Encoder base64 = Base64.getEncoder();
    return (base64.encodeToString(context.getBytes(UTF_8)) + "." + base64.encodeToString(plain))
        .getBytes(UTF_8);
  }

  @Override
  public byte[] decrypt(byte[] encrypted, String context) {
    String text = new String(encrypted, UTF_8);
    String expected = new String(encrypt(new byte[0], context), UTF_8);
    if (!text.startsWith(expected)) {
      throw new IllegalArgumentException("It was encrypted in another context");
    }
    return Base64.getDecoder().decode(text.substring(expected.length()));
  }
}
