package org.auscult.server.hook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.auscult.cds.Card.ActionType;
import org.auscult.cds.Card.LinkType;
import org.auscult.cds.Card.SelectionBehavior;
import org.auscult.cds.client.CardParts;
import org.auscult.cds.client.ClientProfile;
import org.auscult.cds.client.Clients;
import org.auscult.cds.client.PrefetchRules;
import org.auscult.deployment.Hook;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/**
 * What an operator may set for each calling EHR.
 *
 * <p>Safety: 27.
 */
class ClientSettingsTest {
  private static final String ROOT = "https://hooks.example.org";

  private static Clients clients(Map<String, String> values) {
    return new Binder(new MapConfigurationPropertySource(values))
        .bindOrCreate("auscult", ClientSettings.class)
        .asClients(ROOT);
  }

  @Test
  void withoutSettingsThereIsThePlainProfile() {
    Clients none = clients(Map.of());

    assertThat(none.plain()).isEqualTo(ClientProfile.PLAIN.reachedAt(ROOT));
    assertThat(none.find("epic")).isEmpty();
  }

  @Test
  void aClientThatSaysNothingIsAsTheSpecificationHasIt() {
    ClientProfile named =
        clients(Map.of("auscult.clients.north.name", "North")).find("north").get();

    assertThat(named.name()).isEqualTo("North");
    assertThat(named.publicBaseUrl()).isEqualTo(ROOT);
    assertThat(named.hooks()).isEqualTo(EnumSet.allOf(Hook.class));
    assertThat(named.prefetch()).isEqualTo(PrefetchRules.AS_ASKED);
    assertThat(named.bodyLimit()).isEqualTo(ClientProfile.USUAL_BODY_LIMIT);
    assertThat(named.parts().actions()).isEqualTo(CardParts.VERSION_2.actions());
    assertThat(named.parts().selection()).isEqualTo(CardParts.VERSION_2.selection());
    assertThat(named.parts().links()).isEqualTo(CardParts.VERSION_2.links());
    assertThat(named.parts().systemActions()).isFalse();
    assertThat(named.parts().feedback()).isTrue();
    assertThat(named.parts().markdown()).isTrue();
    assertThat(named.parts().extensions()).isTrue();
  }

  @Test
  void everyKeyArrives() {
    String at = "auscult.clients.north.";
    Clients set =
        clients(
            Map.ofEntries(
                Map.entry(at + "fhir-servers", "https://a.example.org/R4/,https://b.example.org"),
                Map.entry(at + "public-base-url", "https://in.example.org/cds/"),
                Map.entry(at + "hooks", "patient-view,order-sign"),
                Map.entry(at + "body-limit", "500000"),
                Map.entry(at + "prefetch.codes-per-query", "1"),
                Map.entry(at + "prefetch.include", "false"),
                Map.entry(at + "prefetch.count", "200"),
                Map.entry(at + "prefetch.relative-dates", "true"),
                Map.entry(
                    at + "prefetch.templates.observation[0]",
                    "Observation?patient={{context.patientId}}&date=ge{{today() - 730 days}}"),
                Map.entry(at + "prefetch.harmless-outcomes", "4101"),
                Map.entry(at + "suggestions", "true"),
                Map.entry(at + "actions", "create"),
                Map.entry(at + "actions-per-suggestion", "1"),
                Map.entry(at + "system-actions", "true"),
                Map.entry(at + "selection-behavior", "any"),
                Map.entry(at + "action-selection-behavior", "true"),
                Map.entry(at + "links", "smart"),
                Map.entry(at + "autolaunchable", "true"),
                Map.entry(at + "feedback", "false"),
                Map.entry(at + "markdown", "false"),
                Map.entry(at + "extensions", "false")));

    assertThat(set.find("north"))
        .contains(
            new ClientProfile(
                "north",
                "north",
                Set.of("https://a.example.org/R4", "https://b.example.org"),
                "https://in.example.org/cds",
                Set.of(Hook.PATIENT_VIEW, Hook.ORDER_SIGN),
                new PrefetchRules(
                    1,
                    false,
                    200,
                    true,
                    Map.of(
                        "observation",
                        List.of(
                            "Observation?patient={{context.patientId}}"
                                + "&date=ge{{today() - 730 days}}")),
                    Set.of("4101")),
                new CardParts(
                    true,
                    Set.of(ActionType.CREATE),
                    1,
                    true,
                    Set.of(SelectionBehavior.ANY),
                    true,
                    Set.of(LinkType.SMART),
                    true,
                    false,
                    false,
                    false),
                500_000));
    assertThat(set.calling(set.plain(), "https://a.example.org/R4")).isEqualTo(set.find("north"));
  }

  @Test
  void thePlainPathCanBeSetToo() {
    Clients set = clients(Map.of("auscult.clients.default.system-actions", "true"));

    assertThat(set.plain().parts().systemActions()).isTrue();
    assertThat(set.plain().servicesPath()).isEqualTo("/cds-services");
  }

  @ParameterizedTest(name = "{0} = {1}")
  @CsvSource({
    "north.fhir-servers, ftp://a.example.org",
    "north.public-base-url, /cds",
    "north.hooks, patient-viewed",
    "north.body-limit, 9999",
    "north.prefetch.codes-per-query, -1",
    "north.prefetch.count, 1",
    "north.prefetch.templates.observation, Condition?patient={{context.patientId}}",
    "north.actions-per-suggestion, 0",
    "North.name, North",
    "default.fhir-servers, https://a.example.org"
  })
  void aWrongValueStopsTheStartAndIsNamed(String key, String value) {
    assertThatThrownBy(() -> clients(Map.of("auscult.clients." + key, value)))
        .hasStackTraceContaining("auscult.clients")
        .hasStackTraceContaining(key.substring(key.lastIndexOf('.') + 1, key.length() - 1));
  }

  @ParameterizedTest(name = "{0} = {1}")
  @CsvSource({
    "north.actions, merge",
    "north.selection-behavior, several",
    "north.links, page",
    "north.feedback, perhaps",
    "north.body-limit, many"
  })
  void whatIsNoValueAtAllStopsTheStartToo(String key, String value) {
    assertThatThrownBy(() -> clients(Map.of("auscult.clients." + key, value)))
        .hasMessageContaining("auscult.clients.north");
  }
}
