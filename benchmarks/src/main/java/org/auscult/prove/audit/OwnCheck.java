package org.auscult.prove.audit;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.EdECPoint;
import java.security.spec.EdECPublicKeySpec;
import java.security.spec.NamedParameterSpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;

/**
 * Roots, proofs and signatures, checked by code that shares nothing with the product's: it goes
 * from the top down, as RFC 6962 section 2.1 defines them, where the product goes from the leaf up,
 * as RFC 9162 says.
 */
final class OwnCheck {
  private OwnCheck() {}

  static byte[] leafHash(byte[] leaf) {
    return sha256(new byte[] {0}, leaf);
  }

  private static byte[] nodeHash(byte[] left, byte[] right) {
    return sha256(new byte[] {1}, left, right);
  }

  private static byte[] sha256(byte[]... parts) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (byte[] part : parts) {
        digest.update(part);
      }
      return digest.digest();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static long leftPart(long leaves) {
    long k = 1;
    while (2 * k < leaves) {
      k *= 2;
    }
    return k;
  }

  /** The root of these leaves. */
  static String root(List<byte[]> leaves) {
    return HexFormat.of()
        .formatHex(
            leaves.isEmpty() ? sha256() : top(leaves.stream().map(OwnCheck::leafHash).toList()));
  }

  private static byte[] top(List<byte[]> hashes) {
    if (hashes.size() == 1) {
      return hashes.get(0);
    }
    int k = (int) leftPart(hashes.size());
    return nodeHash(top(hashes.subList(0, k)), top(hashes.subList(k, hashes.size())));
  }

  /** Whether an audit path leads from a leaf to a root. */
  static boolean includes(byte[] leaf, long index, long size, List<String> path, String root) {
    List<byte[]> rest = bytes(path);
    try {
      byte[] top = top(leafHash(leaf), index, size, rest);
      return rest.isEmpty() && HexFormat.of().formatHex(top).equals(root);
    } catch (IndexOutOfBoundsException e) {
      return false;
    }
  }

  private static byte[] top(byte[] leaf, long index, long size, List<byte[]> rest) {
    if (size == 1) {
      return leaf;
    }
    byte[] sibling = rest.remove(rest.size() - 1);
    long k = leftPart(size);
    return index < k
        ? nodeHash(top(leaf, index, k, rest), sibling)
        : nodeHash(sibling, top(leaf, index - k, size - k, rest));
  }

  /** Whether a later tree has grown out of a former one. */
  static boolean grew(long first, long second, List<String> path, String former, String later) {
    if (first == second) {
      return path.isEmpty() && former.equals(later);
    }
    List<byte[]> rest = bytes(path);
    try {
      Roots roots = roots(first, second, true, rest, HexFormat.of().parseHex(former));
      return rest.isEmpty()
          && HexFormat.of().formatHex(roots.former()).equals(former)
          && HexFormat.of().formatHex(roots.later()).equals(later);
    } catch (IndexOutOfBoundsException e) {
      return false;
    }
  }

  @SuppressWarnings("ArrayRecordComponent") // Never compared.
  private record Roots(byte[] former, byte[] later) {}

  private static Roots roots(
      long first, long second, boolean isWhole, List<byte[]> rest, byte[] former) {
    if (first == second) {
      byte[] same = isWhole ? former : rest.remove(rest.size() - 1);
      return new Roots(same, same);
    }
    byte[] sibling = rest.remove(rest.size() - 1);
    long k = leftPart(second);
    if (first <= k) {
      Roots left = roots(first, k, isWhole, rest, former);
      return new Roots(left.former(), nodeHash(left.later(), sibling));
    }
    Roots right = roots(first - k, second - k, false, rest, former);
    return new Roots(nodeHash(sibling, right.former()), nodeHash(sibling, right.later()));
  }

  private static List<byte[]> bytes(List<String> hex) {
    return new ArrayList<>(hex.stream().map(h -> HexFormat.of().parseHex(h)).toList());
  }

  /** Whether a head was signed by a public key, given as JWK. */
  static boolean isSigned(JsonNode head, JsonNode jwk) {
    String signed =
        "{\"form\":1,\"key\":\"%s\",\"log\":\"%s\",\"root\":\"%s\",\"size\":%d,\"time\":\"%s\",\"type\":\"auscult-tree-head\"}"
            .formatted(
                jwk.path("kid").asText(),
                head.path("log").asText(),
                head.path("root").asText(),
                head.path("size").asLong(),
                head.path("time").asText());
    try {
      Signature signature = Signature.getInstance("EdDSA");
      signature.initVerify(publicKey(jwk.path("x").asText()));
      signature.update(signed.getBytes(StandardCharsets.UTF_8));
      return signature.verify(Base64.getUrlDecoder().decode(head.path("signature").asText()));
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      return false;
    }
  }

  /**
   * RFC 8032 section 5.1.5: y from its lowest byte on, and the highest bit says whether x is odd.
   */
  private static PublicKey publicKey(String x) throws GeneralSecurityException {
    byte[] encoded = Base64.getUrlDecoder().decode(x);
    byte[] y = new byte[encoded.length];
    for (int i = 0; i < y.length; i++) {
      y[i] = encoded[encoded.length - 1 - i];
    }
    boolean isOdd = (y[0] & 0x80) != 0;
    y[0] &= 0x7f;
    return KeyFactory.getInstance("EdDSA")
        .generatePublic(
            new EdECPublicKeySpec(
                NamedParameterSpec.ED25519, new EdECPoint(isOdd, new BigInteger(1, y))));
  }
}
