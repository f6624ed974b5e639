package org.auscult.server.auth.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.auscult.server.auth.client.Client;
import org.auscult.server.auth.client.Client.Type;
import org.auscult.server.auth.client.Clients;
import org.auscult.server.auth.client.Clients.Kept;
import org.auscult.server.auth.grant.JdbcGrants;
import org.jspecify.annotations.Nullable;
import org.springframework.security.crypto.password.PasswordEncoder;

/**
 * The clients, as administrators keep them. A secret is made here, told once, and kept as a hash; a
 * change ends what was granted before it.
 */
final class ClientRegistry {
  private static final int SECRET_BYTES = 32;
  private static final SecureRandom RANDOM = new SecureRandom();

  private final Clients clients;
  private final JdbcGrants grants;
  private final PasswordEncoder hashes;
  private final RegistryLog log;

  ClientRegistry(Clients clients, JdbcGrants grants, PasswordEncoder hashes, RegistryLog log) {
    this.clients = clients;
    this.grants = grants;
    this.hashes = hashes;
    this.log = log;
  }

  /**
   * A client with its secret, which is known at this moment alone.
   *
   * @param secret null if none was made
   */
  record Told(Kept kept, @Nullable String secret) {
    /** Never the secret. */
    @Override
    public String toString() {
      return "Told[" + kept.client().id() + "]";
    }
  }

  List<Kept> page(String after, int count) {
    return clients.page(after, count);
  }

  Kept get(String id) {
    return clients.kept(id).orElseThrow(RegistryProblem::notFound);
  }

  Told create(Administrator by, ObjectNode input) {
    String secret = isSymmetric(input) ? random() : null;
    Client client = read(input, secret == null ? null : hashes.encode(secret));
    boolean isDisabled = disabled(input);
    Kept kept =
        clients
            .create(client, isDisabled)
            .orElseThrow(
                () -> RegistryProblem.conflict("A client is called " + client.id() + " already"));
    log.changed(
        by.user(),
        by.client(),
        "client create",
        client.id(),
        Differences.between(Map.of(), values(client, isDisabled)));
    return new Told(kept, secret);
  }

  Kept change(Administrator by, String id, long version, ObjectNode input) {
    Kept former = owned(id);
    if (input.has("id") && !input.path("id").asText().equals(id)) {
      throw RegistryProblem.invalid("A client keeps its id; register another");
    }
    input.put("id", id);
    String hash = former.client().secretHash();
    if (isSymmetric(input) && hash == null) {
      throw RegistryProblem.conflict("A client keeps its type; register another");
    }
    Client now = read(input, isSymmetric(input) ? hash : null);
    if (now.type() != former.client().type()) {
      throw RegistryProblem.conflict("A client keeps its type; register another");
    }
    boolean isDisabled = disabled(input);
    Kept kept = clients.change(now, isDisabled, version).orElseThrow(RegistryProblem::changed);
    Map<String, String> changed =
        Differences.between(values(former.client(), former.disabled()), values(now, isDisabled));
    if (!changed.isEmpty()) {
      grants.endOfClient(id);
    }
    log.changed(by.user(), by.client(), "client change", id, changed);
    return kept;
  }

  /** Another secret; the former counts no more. */
  Told rotate(Administrator by, String id) {
    Kept former = owned(id);
    Client client = former.client();
    if (client.type() != Type.SYMMETRIC) {
      throw RegistryProblem.conflict(
          "This client has no secret: it proves who it is by keys, or not at all. Change its jwks"
              + " instead");
    }
    String secret = random();
    Client now = client.withSecretHash(hashes.encode(secret));
    Kept kept =
        clients
            .change(now, former.disabled(), former.version())
            .orElseThrow(RegistryProblem::changed);
    grants.endOfClient(id);
    log.changed(by.user(), by.client(), "client rotate", id, Map.of());
    return new Told(kept, secret);
  }

  private Kept owned(String id) {
    Kept kept = get(id);
    if (kept.origin().equals("file")) {
      throw RegistryProblem.conflict(
          "This client is kept by the registry file (auscult.authorization-server.registry); change"
              + " it there and start again");
    }
    return kept;
  }

  private static boolean isSymmetric(JsonNode input) {
    return input.path("type").asText().equalsIgnoreCase("symmetric");
  }

  private static boolean disabled(JsonNode input) {
    return input.path("disabled").asBoolean(false);
  }

  /** Members that are only told, and the state, are no part of what is registered. */
  private static Client read(ObjectNode input, @Nullable String secretHash) {
    if (input.has("secretHash")) {
      throw RegistryProblem.invalid("A secret is made here; leave secretHash out");
    }
    ObjectNode definition = input.deepCopy();
    definition.remove(List.of("disabled", "origin", "version"));
    if (secretHash != null) {
      definition.put("secretHash", secretHash);
    }
    try {
      return Clients.parse(definition).orElseThrow(ClientRegistry::unreadable);
    } catch (IllegalArgumentException e) {
      throw RegistryProblem.invalid(String.valueOf(e.getMessage()));
    }
  }

  private static RegistryProblem unreadable() {
    return RegistryProblem.invalid(
        "A client has id, name, type, redirectUris, launchUrl, scopes, jwks or jwksUri, origins,"
            + " consent, introspect; not others");
  }

  private static Map<String, String> values(Client client, boolean disabled) {
    Map<String, String> values = new TreeMap<>();
    Clients.json(client)
        .properties()
        .forEach(
            member -> {
              if (!member.getKey().equals("secretHash") && !member.getValue().isNull()) {
                values.put(
                    member.getKey(),
                    member.getValue().isTextual()
                        ? member.getValue().asText()
                        : member.getValue().toString());
              }
            });
    values.put("disabled", String.valueOf(disabled));
    return values;
  }

  private static String random() {
    byte[] secret = new byte[SECRET_BYTES];
    RANDOM.nextBytes(secret);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
  }
}
