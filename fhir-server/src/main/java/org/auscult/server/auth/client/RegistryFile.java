package org.auscult.server.auth.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.auscult.access.Role;
import org.auscult.server.auth.user.User;
import org.auscult.server.auth.user.Users;
import org.jspecify.annotations.Nullable;

/**
 * Users and clients as a file: what stands in it is so after each start, and who was taken out of
 * it is disabled. Members that nobody knows are refused.
 */
public final class RegistryFile {
  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
          .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
          .build();

  private RegistryFile() {}

  /** The file. */
  public record Content(List<FileUser> users, List<Client> clients) {
    public Content {
      users = users == null ? List.of() : List.copyOf(users);
      clients = clients == null ? List.of() : List.copyOf(clients);
    }
  }

  /**
   * A user in the file.
   *
   * @param password a hash such as {@code {bcrypt}...}
   * @param totp secret of the second factor in base 32, or null
   */
  public record FileUser(
      String name,
      @Nullable String displayName,
      @Nullable String fhirUser,
      List<String> roles,
      @Nullable List<String> sites,
      String password,
      @Nullable String totp,
      boolean disabled) {
    User user(Set<Role> withSecondFactor) {
      Set<Role> known = EnumSet.noneOf(Role.class);
      for (String code : roles) {
        known.add(
            Role.of(code)
                .orElseThrow(
                    () ->
                        new IllegalArgumentException(
                            "User " + name + ": no role is called " + code)));
      }
      if (totp == null && !disabled && known.stream().anyMatch(withSecondFactor::contains)) {
        throw new IllegalArgumentException("User " + name + ": this role needs a second factor");
      }
      return new User(
          "",
          name,
          displayName == null ? name : displayName,
          fhirUser,
          known,
          sites == null ? List.of() : sites,
          password,
          totp,
          disabled);
    }

    /** Neither hash nor secret. */
    @Override
    public String toString() {
      return "FileUser[" + name + "]";
    }
  }

  /**
   * Reads a file and makes it so.
   *
   * @param withSecondFactor roles that nobody has without one
   * @throws IllegalArgumentException if it is not of our form, or others may read it
   */
  public static void apply(Path file, Set<Role> withSecondFactor, Users users, Clients clients) {
    Content content = read(file);
    List<User> all = content.users().stream().map(u -> u.user(withSecondFactor)).toList();
    Set<String> names = new HashSet<>();
    for (User user : all) {
      require(names.add(user.name()), "two users are called " + user.name());
    }
    Set<String> ids = new HashSet<>();
    for (Client client : content.clients()) {
      require(ids.add(client.id()), "two clients are called " + client.id());
    }
    all.forEach(user -> users.put(user, "file"));
    content.clients().forEach(client -> clients.put(client, "file"));
    users.keepOnly(names);
    clients.keepOnly(ids);
  }

  private static Content read(Path file) {
    try {
      require(!othersMayRead(file), file + " may be read by others; its mode should be 600");
      return JSON.readValue(Files.readAllBytes(file), Content.class);
    } catch (JsonProcessingException e) {
      String where = " near line " + e.getLocation().getLineNr();
      throw new IllegalArgumentException(
          "The registry of users and clients is not of its form" + where, e);
    } catch (IOException e) {
      throw new UncheckedIOException("The registry of users and clients cannot be read", e);
    }
  }

  private static boolean othersMayRead(Path file) throws IOException {
    return Files.getFileStore(file).supportsFileAttributeView("posix")
        && Files.getPosixFilePermissions(file).contains(PosixFilePermission.OTHERS_READ);
  }

  private static void require(boolean holds, String rule) {
    if (!holds) {
      throw new IllegalArgumentException("auscult.authorization-server.registry: " + rule);
    }
  }
}
