package org.auscult.cds.hook;

import ca.uhn.fhir.context.FhirContext;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.auscult.cds.CvdRisk;
import org.auscult.cds.FixedDeployments;
import org.auscult.cds.LocalPatients.Identity;
import org.auscult.cds.caller.CallerAccess;
import org.auscult.cds.caller.CallerRecord;
import org.auscult.cds.client.Clients;
import org.auscult.cds.fhir.Fetched;
import org.auscult.cds.fhir.PrefetchReader;
import org.auscult.cds.fhir.Wanted;
import org.auscult.deployment.Deployment;
import org.auscult.model.ModelCatalog;
import org.auscult.order.OrderRulesCatalog;
import org.auscult.order.check.OrderCheckService;
import org.auscult.prediction.Caller;
import org.auscult.prediction.Subject;
import org.auscult.timeline.Fact;
import org.auscult.timeline.InMemoryTimeline;
import org.auscult.timeline.Source;
import org.auscult.timeline.fhir.FactProjector;
import org.auscult.timeline.fhir.Projection;
import org.auscult.unit.CodeUnits;
import org.hl7.fhir.r4.model.Resource;

/** An endpoint over fakes: cvd-risk, an empty record, the clock at noon of 1 June 2024. */
final class World {
  static final Instant NOW = Instant.parse("2024-06-01T12:00:00Z");
  static final String OURS = "https://auscult.example.org/fhir";
  private static final ModelCatalog CATALOG = PreventExample.catalog();

  final InMemoryTimeline timeline = new InMemoryTimeline();
  final MemoryJournal journal = new MemoryJournal();
  final Map<Identity, String> people = new HashMap<>();

  /** The callers' servers that may be read. */
  CallerRecord callers = CallerRecord.NONE;

  /** What is known of users. */
  final Map<String, Set<String>> roles = new HashMap<>();

  /** To whom what is protected may be named. */
  boolean mayName;

  private final Disclosure disclosure =
      new Disclosure() {
        @Override
        public Map<String, Set<String>> labels(String patient) {
          return Map.of();
        }

        @Override
        public boolean mayName(Caller caller, Subject subject, Set<String> labels) {
          return mayName;
        }
      };

  private final OrderRulesCatalog rules;
  final MovedClock clock = new MovedClock(NOW);
  final HookEndpoint endpoint;

  World() {
    this(List.of(CvdRisk.deployment(PreventExample.MODEL)));
  }

  World(List<Deployment> deployments) {
    this(deployments, Clients.NONE);
  }

  World(List<Deployment> deployments, Clients clients) {
    this(deployments, clients, rules -> Optional.empty());
  }

  World(List<Deployment> deployments, Clients clients, OrderRulesCatalog rules) {
    this.rules = rules;
    OrderCheckService orderChecks = PreventExample.orderChecks(CATALOG, rules);
    endpoint =
        new HookEndpoint(
            new FixedDeployments(deployments),
            PreventExample.predictions(CATALOG),
            orderChecks,
            PreventExample.runner(CATALOG, orderChecks),
            ports(callers()),
            new PrefetchReader(PreventExample.ZONE, CodeUnits.standard()),
            new HookSettings(Set.of(OURS), PreventExample.ZONE, clients),
            clock);
  }

  /** Its fakes, with another way to callers' servers. */
  HookPorts ports(CallerRecord others) {
    return new HookPorts(
        CATALOG,
        timeline,
        identity -> Optional.ofNullable(people.get(identity)),
        journal,
        journal,
        others,
        (server, user) -> roles.getOrDefault(user, Set.of()),
        disclosure,
        rules);
  }

  private CallerRecord callers() {
    return new CallerRecord() {
      @Override
      public boolean mayRead(String fhirServer) {
        return callers.mayRead(fhirServer);
      }

      @Override
      public Map<String, Fetched> read(CallerAccess access, List<Wanted> wanted) {
        return callers.read(access, wanted);
      }
    };
  }

  /** Writes resources into our own record. */
  World record(String patient, JsonNode... resources) {
    for (JsonNode json : resources) {
      Resource resource =
          (Resource) FhirContext.forR4Cached().newJsonParser().parseResource(json.toString());
      resource.getMeta().setLastUpdated(Date.from(NOW.minusSeconds(3600)));
      List<Fact> facts =
          new FactProjector(PreventExample.ZONE, CodeUnits.standard())
              .project(resource, Projection.RECORD).stream()
                  .map(f -> f.withPatient(patient))
                  .toList();
      if (facts.isEmpty()) {
        timeline.patient(patient, 1);
      } else {
        Source source = facts.get(0).source();
        timeline.write(source.kind(), source.id(), NOW.minusSeconds(3600), facts);
      }
    }
    return this;
  }

  HookAnswer call(CallBuilder call) {
    return endpoint.call("cvd-risk", call.bytes());
  }

  /** The cards of a call that is answered. */
  JsonNode cards(CallBuilder call) {
    HookAnswer answer = call(call);
    if (answer.status() != 200) {
      throw new AssertionError(answer.status() + ": " + answer.body());
    }
    return CallBuilder.read(answer.body()).path("cards");
  }

  /** The one card of a call. */
  JsonNode card(CallBuilder call) {
    JsonNode cards = cards(call);
    if (cards.size() != 1) {
      throw new AssertionError("not one card: " + cards);
    }
    return cards.get(0);
  }
}
