package org.auscult.server.keys;

import java.security.PublicKey;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A key that verifies what its private half signed.
 *
 * @param id {@code kid}
 * @param from when it began to sign
 * @param until when another took its place; null if it signs now
 */
public record VerifyingKey(
    String id, KeyPurpose purpose, PublicKey publicKey, Instant from, @Nullable Instant until) {}
