package org.auscult.server.keys;

import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;
import org.auscult.server.keys.KeyRows.Row;
import org.jspecify.annotations.Nullable;

/**
 * Keys in the database, shared by the nodes.
 *
 * <p>Each node keeps what it has read for {@code fresh}. A further key stands in the table for
 * twice as long before it signs; so every node can verify it before any signs with it. {@link
 * #rotate} returns when it signs. Then the private half of the former is erased; its public half
 * stays for ever, since what it signed must.
 *
 * <p>One thread at a time reads a purpose anew; the others go on with what is known. The first
 * request for a purpose waits for a connection, so it should not be made by many who each hold one.
 */
final class JdbcKeyRing implements KeyRing {
  static final Duration FRESH = Duration.ofSeconds(1);

  private final KeyRows rows;
  private final DataKey dataKey;
  private final InstantSource clock;
  private final Duration fresh;
  private final Map<KeyPurpose, Slot> slots = new EnumMap<>(KeyPurpose.class);

  JdbcKeyRing(KeyRows rows, DataKey dataKey, InstantSource clock, Duration fresh) {
    this.rows = rows;
    this.dataKey = dataKey;
    this.clock = clock;
    this.fresh = fresh;
    for (KeyPurpose purpose : KeyPurpose.values()) {
      slots.put(purpose, new Slot());
    }
  }

  private static final class Slot {
    private final ReentrantLock reading = new ReentrantLock();
    private volatile List<Key> keys = List.of();
    private volatile long readAtNanos;
  }

  private record Key(Row row, PublicKey publicKey, @Nullable PrivateKey privateKey) {
    Instant begins() {
      return Instant.ofEpochMilli(row.beginsAtMillis());
    }

    @Override
    public String toString() {
      return row.toString();
    }
  }

  @Override
  public SigningKey signing(KeyPurpose purpose) {
    List<Key> keys = current(purpose);
    if (keys.isEmpty()) {
      insert(purpose, 1, Duration.ZERO);
      keys = read(purpose);
    }
    return signing(purpose, keys);
  }

  /** The newest that has begun. Where this node's clock is late, the oldest that still can. */
  private SigningKey signing(KeyPurpose purpose, List<Key> keys) {
    Instant now = clock.instant();
    @Nullable SigningKey signing = null;
    for (Key key : keys) {
      if (key.privateKey() != null) {
        signing = new SigningKey(key.row().id(), purpose, key.privateKey(), key.publicKey());
        if (!key.begins().isAfter(now)) {
          break;
        }
      }
    }
    if (signing == null) {
      throw new IllegalStateException("The key that signs for " + purpose + " has been erased");
    }
    return signing;
  }

  @Override
  public List<VerifyingKey> verifying(KeyPurpose purpose) {
    List<VerifyingKey> verifying = new ArrayList<>();
    @Nullable Instant until = null;
    for (Key key : current(purpose)) {
      verifying.add(
          new VerifyingKey(key.row().id(), purpose, key.publicKey(), key.begins(), until));
      until = key.begins();
    }
    return List.copyOf(verifying);
  }

  @Override
  public SigningKey rotate(KeyPurpose purpose) {
    List<Key> before = read(purpose);
    if (before.isEmpty()) {
      return signing(purpose);
    }
    int next = before.get(0).row().number() + 1;
    insert(purpose, next, fresh.multipliedBy(2));
    Key key =
        read(purpose).stream().filter(k -> k.row().number() == next).findFirst().orElseThrow();
    await(key.begins());
    rows.erasePrivateBefore(purpose, next);
    return signing(purpose, read(purpose));
  }

  private void await(Instant begins) {
    try {
      for (Duration left = left(begins); !left.isNegative(); left = left(begins)) {
        Thread.sleep(left.toMillis() + 1);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted; the new key begins to sign all the same", e);
    }
  }

  private Duration left(Instant begins) {
    return Duration.between(clock.instant(), begins);
  }

  @Override
  public byte[] encrypt(byte[] plain, String context) {
    return dataKey.encrypt(plain, "data|" + context);
  }

  @Override
  public byte[] decrypt(byte[] encrypted, String context) {
    return dataKey.decrypt(encrypted, "data|" + context);
  }

  /** Makes a key, unless another node makes the one of this number first. */
  private void insert(KeyPurpose purpose, int number, Duration ahead) {
    KeyPair pair = KeyPairs.generate(purpose);
    long begins = clock.instant().plus(ahead).toEpochMilli();
    Row row = new Row(KeyPairs.id(pair.getPublic()), purpose, number, begins, "", "");
    rows.insert(
        new Row(
            row.id(),
            purpose,
            number,
            row.beginsAtMillis(),
            sealed(pair.getPublic(), row.context("public")),
            sealed(pair.getPrivate(), row.context("private"))));
  }

  private String sealed(java.security.Key half, String context) {
    return Base64.getEncoder().encodeToString(dataKey.encrypt(half.getEncoded(), context));
  }

  private byte[] opened(String sealed, String context) {
    return dataKey.decrypt(Base64.getDecoder().decode(sealed), context);
  }

  private List<Key> current(KeyPurpose purpose) {
    Slot slot = slot(purpose);
    List<Key> known = slot.keys;
    if (known.isEmpty()) {
      return read(purpose);
    }
    if (System.nanoTime() - slot.readAtNanos < fresh.toNanos() || !slot.reading.tryLock()) {
      return known;
    }
    try {
      return read(purpose);
    } finally {
      slot.reading.unlock();
    }
  }

  private List<Key> read(KeyPurpose purpose) {
    Slot slot = slot(purpose);
    slot.reading.lock();
    try {
      long now = System.nanoTime();
      List<Key> known = slot.keys;
      slot.keys = rows.of(purpose).stream().map(row -> opened(row, known)).toList();
      slot.readAtNanos = now;
      return slot.keys;
    } finally {
      slot.reading.unlock();
    }
  }

  /** What is known already is not decrypted again. */
  private Key opened(Row row, List<Key> known) {
    return known.stream()
        .filter(key -> key.row().equals(row))
        .findFirst()
        .orElseGet(() -> key(row));
  }

  private Key key(Row row) {
    try {
      PublicKey publicKey =
          KeyPairs.publicKey(row.purpose(), opened(row.publicKey(), row.context("public")));
      String sealed = row.privateKey();
      return new Key(
          row,
          publicKey,
          sealed == null
              ? null
              : KeyPairs.privateKey(row.purpose(), opened(sealed, row.context("private"))));
    } catch (IllegalArgumentException e) {
      throw new IllegalStateException(
          "Key " + row.number() + " of " + row.purpose() + " was altered in the database");
    }
  }

  private Slot slot(KeyPurpose purpose) {
    return Objects.requireNonNull(slots.get(purpose));
  }

  /** Nothing of the keys. */
  @Override
  public String toString() {
    return "JdbcKeyRing";
  }
}
