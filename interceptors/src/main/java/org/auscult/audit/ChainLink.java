package org.auscult.audit;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.regex.Pattern;
import org.auscult.audit.tree.Hash;

/**
 * The place of a leaf in its chain. Each leaf holds the hash of the chain's former one, so that
 * none can be taken out or put in, also before the tree covers it; and a break points at one leaf.
 *
 * @param node the server process that wrote it: a new name at each start, never used again; 1 to
 *     100 letters, digits, dots, colons, hyphens or underscores
 * @param lane which of the node's chains, from 1; see {@link NodeChains}
 * @param sequence 1 for a chain's first leaf, then one more each
 * @param previous hash of the chain's former leaf; {@link Hash#ZERO} for the first
 */
public record ChainLink(String node, int lane, long sequence, Hash previous) {
  /**
   * Names go into findings and keys as they are, so nothing in them may look like something else.
   */
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._:-]{1,100}");

  public ChainLink {
    if (!NAME.matcher(node).matches()) {
      throw new IllegalArgumentException(
          "A node's name is 1 to 100 letters, digits, dots, colons, hyphens or underscores");
    }
    if (lane < 1 || sequence < 1) {
      throw new IllegalArgumentException("Lanes and sequences begin at 1");
    }
    if ((sequence == 1) != previous.equals(Hash.ZERO)) {
      throw new IllegalArgumentException("Only the first of a chain has no former leaf");
    }
  }

  /** The chain that this belongs to, for people and as a key: {@code node/lane}. */
  public String chain() {
    return node + "/" + lane;
  }

  /**
   * The leaf's id. It follows from node, lane and sequence, so that two leaves have the same id
   * only if a chain has the same place twice, which the chain shows.
   *
   * <p>Source: RFC 9562 section 5.8, UUID version 8, over SHA-256.
   */
  public UUID id() {
    byte[] name = (chain() + "/" + sequence).getBytes(StandardCharsets.UTF_8);
    ByteBuffer hash = ByteBuffer.wrap(Hash.ofLeaf(name).bytes());
    long high = hash.getLong() & ~0xF000L | 0x8000L;
    long low = hash.getLong() & ~(3L << 62) | 1L << 63;
    return new UUID(high, low);
  }
}
