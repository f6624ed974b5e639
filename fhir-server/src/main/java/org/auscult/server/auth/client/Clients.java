package org.auscult.server.auth.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.JdbcTemplate;

/** The registered clients, in the table {@code auth_client}. */
public final class Clients {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final ObjectMapper STRICT =
      JsonMapper.builder().enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS).build();
  private static final Duration REMEMBERED = Duration.ofSeconds(5);

  private final JdbcTemplate jdbc;

  /** For pages and origins, asked with each request; a change on another node counts soon. */
  private final Cache<String, List<Client>> all =
      Caffeine.newBuilder().maximumSize(1).expireAfterWrite(REMEMBERED).recordStats().build();

  public Clients(JdbcTemplate jdbc) {
    this.jdbc = jdbc;
  }

  /** By {@code client_id}, as it is registered now. */
  public Optional<Client> find(String id) {
    if (!Client.isId(id)) {
      return Optional.empty();
    }
    return jdbc
        .query(
            "select definition from auth_client where id = ? and not disabled",
            (row, n) -> read(row.getString(1)),
            id)
        .stream()
        .findFirst();
  }

  /** All of them, as they were registered some seconds ago. */
  public List<Client> all() {
    return all.get(
        "",
        key ->
            jdbc.query(
                "select definition from auth_client where not disabled order by id",
                (row, n) -> read(row.getString(1))));
  }

  /** Whether a browser's page of this origin belongs to a client. */
  public boolean isOrigin(String origin) {
    return all().stream().anyMatch(client -> client.origins().contains(origin));
  }

  /**
   * Registers a client, or changes what is registered.
   *
   * @param origin who keeps this client: {@code file} or {@code api}
   */
  public void put(Client client, String origin) {
    String definition = write(client);
    if (jdbc.update(
            "update auth_client set definition = ?, origin = ?, disabled = false,"
                + " version = version + 1 where id = ?",
            definition,
            origin,
            client.id())
        == 0) {
      jdbc.update(
          "insert into auth_client (definition, origin, id) values (?, ?, ?)",
          definition,
          origin,
          client.id());
    }
    all.invalidateAll();
  }

  /**
   * A client with what is known of its being kept.
   *
   * @param origin who keeps it: {@code file} or {@code api}
   */
  public record Kept(Client client, String origin, long version, boolean disabled) {}

  private static final String SELECT =
      "select definition, origin, version, disabled from auth_client where ";

  /** By its id; also a disabled one. */
  public Optional<Kept> kept(String id) {
    return Client.isId(id)
        ? jdbc.query(SELECT + "id = ?", (row, n) -> kept(row), id).stream().findFirst()
        : Optional.empty();
  }

  /** Those whose ids come after this one, in their order. */
  public List<Kept> page(String after, int count) {
    return jdbc.query(SELECT + "id > ? order by id limit ?", (row, n) -> kept(row), after, count);
  }

  private static Kept kept(ResultSet row) throws SQLException {
    return new Kept(read(row.getString(1)), row.getString(2), row.getLong(3), row.getBoolean(4));
  }

  /** Registers a client by the API; empty if there is one of this id. */
  public Optional<Kept> create(Client client, boolean disabled) {
    try {
      jdbc.update(
          "insert into auth_client (definition, origin, id, disabled) values (?, 'api', ?, ?)",
          write(client),
          client.id(),
          disabled);
    } catch (DuplicateKeyException e) {
      return Optional.empty();
    }
    all.invalidateAll();
    return kept(client.id());
  }

  /** Changes a client from the version that was read; empty if it is another one by now. */
  public Optional<Kept> change(Client client, boolean disabled, long version) {
    int changed =
        jdbc.update(
            "update auth_client set definition = ?, disabled = ?, version = version + 1"
                + " where id = ? and version = ?",
            write(client),
            disabled,
            client.id(),
            version);
    all.invalidateAll();
    return changed == 1 ? kept(client.id()) : Optional.empty();
  }

  /** Reads a client as the registry file has it; empty if it has other members, or is none. */
  public static Optional<Client> parse(ObjectNode definition) {
    try {
      return Optional.of(STRICT.treeToValue(definition, Client.class));
    } catch (JsonProcessingException e) {
      if (e.getCause() instanceof IllegalArgumentException rule) {
        throw rule;
      }
      return Optional.empty();
    }
  }

  /** A client as it is stored, with the hash of its secret. */
  public static ObjectNode json(Client client) {
    return JSON.valueToTree(client);
  }

  /** Removes a client; its tokens are refreshed no more. */
  public boolean remove(String id) {
    boolean isGone = jdbc.update("delete from auth_client where id = ?", id) == 1;
    all.invalidateAll();
    return isGone;
  }

  /** Removes what came from the file and stands in it no more. */
  public void keepOnly(Collection<String> idsInFile) {
    for (String id :
        jdbc.queryForList("select id from auth_client where origin = 'file'", String.class)) {
      if (!idsInFile.contains(id)) {
        remove(id);
      }
    }
  }

  private static Client read(String definition) {
    try {
      return JSON.readValue(definition, Client.class);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("auth_client holds a client that cannot be read", e);
    }
  }

  private static String write(Client client) {
    try {
      return JSON.writeValueAsString(client);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A client is plain data", e);
    }
  }
}
