package org.auscult.prove.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.auscult.prove.FhirCalls;
import org.auscult.prove.fuzz.Seed.Bearer;
import org.auscult.prove.hospital.Ask;
import org.auscult.prove.hospital.Staff;

/** Right requests to the API by which administrators keep users and clients. */
final class RegistrySeeds {
  private static final String USERS = "/auth/admin/users";
  private static final String CLIENTS = "/auth/admin/clients";

  private final List<Seed> seeds = new ArrayList<>();
  private final Random random;

  private RegistrySeeds(Random random) {
    this.random = random;
  }

  static List<Seed> all(Random random) {
    RegistrySeeds made = new RegistrySeeds(random);
    for (int i = 0; i < 3; i++) {
      made.of(USERS, "fuzz-user-" + i, made.user("fuzz-user-" + i));
      made.of(CLIENTS, "fuzz-client-" + i, client("fuzz-client-" + i));
    }
    made.add("POST " + USERS + "/[name]/password-link", post(USERS + "/fuzz-user-1/password-link"));
    made.add("POST " + CLIENTS + "/[id]/secret", post(CLIENTS + "/fuzz-client-1/secret"));
    return made.seeds;
  }

  private void of(String list, String name, ObjectNode one) {
    String target = list + "/" + name;
    add("GET " + list, Ask.get(list + "?count=2&after=" + name));
    add("GET " + list + "/[name]", Ask.get(target));
    add("POST " + list, Ask.json(list, one));
    add(
        "PUT " + list + "/[name]",
        Ask.send("PUT", target, "application/json", one.toString().getBytes(UTF_8))
            .with("If-Match: \"" + (1 + random.nextInt(3)) + "\""));
  }

  private void add(String endpoint, Ask ask) {
    seeds.add(new Seed(endpoint, Bearer.ADMINISTRATOR, ask));
  }

  private static Ask post(String target) {
    return Ask.json(target, FhirCalls.JSON.createObjectNode().put("secondFactor", true));
  }

  private ObjectNode user(String name) {
    ObjectNode user = FhirCalls.JSON.createObjectNode().put("name", name);
    user.put("displayName", "Dr Fuzz").put("fhirUser", "Practitioner/fuzz");
    user.putArray("roles").add("clinician");
    user.putArray("sites").add("north");
    return user.put("disabled", random.nextBoolean());
  }

  private static ObjectNode client(String id) {
    ObjectNode client = FhirCalls.JSON.createObjectNode().put("id", id).put("name", "Fuzz");
    client.put("type", "symmetric").put("scopes", "openid user/*.rs");
    client.putArray("redirectUris").add(Staff.redirect(id));
    client.putArray("origins").add("https://" + id + ".example.org");
    return client;
  }
}
