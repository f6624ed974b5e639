package org.auscult.server.auth.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.JdbcTemplate;

/** The registered clients, in the table {@code auth_client}. */
public final class Clients {
  private static final ObjectMapper JSON = new ObjectMapper();
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
            "select definition from auth_client where id = ?",
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
                "select definition from auth_client order by id",
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
            "update auth_client set definition = ?, origin = ? where id = ?",
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
