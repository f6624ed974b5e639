package org.auscult.server.use;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import org.auscult.cds.hook.CardOffer;
import org.auscult.display.Decision;
import org.auscult.display.Urgency;
import org.auscult.display.WithheldReason;
import org.auscult.model.ModelCatalog;
import org.auscult.model.ModelOutput;
import org.auscult.model.RegisteredModel;
import org.auscult.prediction.Caller;
import org.auscult.prediction.CallerIdentity;
import org.auscult.prediction.CardId;
import org.auscult.prediction.DeploymentRun;
import org.auscult.prediction.JournalEntry;
import org.auscult.prediction.ModelRun;
import org.auscult.prediction.PredictionJournal;
import org.auscult.server.hook.StoredUserRoles;
import org.auscult.server.timeline.TimelineHistories;
import org.auscult.server.use.OrderRows.OfCall;
import org.auscult.training.Stay;
import org.auscult.training.Wards;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Looks up what the cards of a call were, of which orders they spoke, and to which groups the call
 * belongs: the hook, the EHR, the patient's ward, and of a user of ours the roles and sites, as
 * they are recorded when it is looked up.
 */
final class CardDescriptions {
  private static final int CALLS = 200;
  private static final int LONGEST_TRAITS = 2000;
  private static final int LONGEST_NAME = 400;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final CardLedger ledger;
  private final PredictionJournal journal;
  private final Offers offers;
  private final ModelCatalog models;
  private final StoredUserRoles users;
  private final TimelineHistories histories;
  private final TransactionTemplate transaction;

  /** Knows what a card offers, or would have offered had it not been withheld. */
  interface Offers {
    CardOffer of(JournalEntry entry, int card);
  }

  CardDescriptions(
      CardLedger ledger,
      PredictionJournal journal,
      Offers offers,
      ModelCatalog models,
      StoredUserRoles users,
      TimelineHistories histories,
      TransactionTemplate transaction) {
    this.ledger = ledger;
    this.journal = journal;
    this.offers = offers;
    this.models = models;
    this.users = users;
    this.histories = histories;
    this.transaction = transaction;
  }

  /**
   * Describes all calls that are not yet.
   *
   * @param goesOn asked before each call
   */
  void describeAll(Instant now, BooleanSupplier goesOn) {
    List<UUID> calls = ledger.undescribed(CALLS);
    while (!calls.isEmpty()) {
      for (UUID call : calls) {
        if (!goesOn.getAsBoolean()) {
          return;
        }
        transaction.executeWithoutResult(status -> describe(call, now));
      }
      calls = ledger.undescribed(CALLS);
    }
  }

  private void describe(UUID id, Instant now) {
    List<@Nullable Object[]> calls = new ArrayList<>();
    List<@Nullable Object[]> cards = new ArrayList<>();
    Optional<JournalEntry> found = journal.find(id);
    Optional<OfCall> orders = Optional.empty();
    if (found.isPresent()) {
      JournalEntry entry = found.get();
      CalledOrders called = new CalledOrders(entry);
      String traits = traits(entry, now);
      for (DeploymentRun run : entry.deployments()) {
        if (run.deployment() != null) {
          calls.add(call(entry, run, traits));
          run.decisions().forEach(decision -> cards.add(card(entry, run, decision, called)));
        }
      }
      orders = called.finish(users.isOurs(entry.call().caller().fhirServer()));
    }
    ledger.describe(id, calls, cards, orders.orElse(null));
  }

  private @Nullable Object[] call(JournalEntry entry, DeploymentRun run, String traits) {
    String user = entry.call().caller().user();
    return new @Nullable Object[] {
      entry.id().toString(),
      run.deployment(),
      entry.indexTime().toEpochMilli(),
      shortened(entry.subject().origin() + "/" + entry.subject().id()),
      user == null
          ? null
          : shortened(
              Objects.requireNonNullElse(entry.call().caller().fhirServer(), "") + "/" + user),
      traits
    };
  }

  private static String shortened(String name) {
    // The end tells people apart, the beginning only servers.
    return name.length() > LONGEST_NAME ? name.substring(name.length() - LONGEST_NAME) : name;
  }

  private @Nullable Object[] card(
      JournalEntry entry, DeploymentRun run, Decision decision, CalledOrders called) {
    WithheldReason withheld = decision.withheld();
    CardOffer offer =
        decision.shows() || !entry.drafts().isEmpty()
            ? offers.of(entry, decision.card())
            : CardOffer.NONE;
    called.add(CardId.of(entry.id(), decision.card()), offer);
    return new @Nullable Object[] {
      CardId.of(entry.id(), decision.card()).toString(),
      entry.id().toString(),
      run.deployment(),
      label(entry, run, decision.card()),
      withheld == null ? null : withheld.code(),
      decision.shows() && !offer.suggestions().isEmpty(),
      decision.urgency() != Urgency.INFO
    };
  }

  /** The id of the label of the first output whose outcome is observed; null if there is none. */
  private @Nullable String label(JournalEntry entry, DeploymentRun deployment, int card) {
    for (ModelRun run : deployment.runs()) {
      if (run.index() == card - 1 && run.result() instanceof ModelRun.Result.Predicted) {
        List<ModelOutput> outputs =
            models
                .find(run.model())
                .map(RegisteredModel::model)
                .map(model -> model.outputs())
                .orElse(List.of());
        for (int i = 0; i < outputs.size(); i++) {
          if (outputs.get(i).outcome() != null) {
            return entry.id() + "." + run.index() + ".label." + i;
          }
        }
      }
    }
    return null;
  }

  /** Where the patient is at the time of the call; of patients of other servers nobody knows. */
  private Optional<String> ward(JournalEntry entry, Instant now) {
    if (!entry.subject().isOurs()) {
      return Optional.empty();
    }
    return histories
        .read(entry.subject().id(), now, List.of())
        .map(history -> history.knownAt(now))
        .flatMap(
            facts ->
                Wards.at(
                    facts,
                    Stay.at(Stay.of(facts), entry.indexTime()).orElse(null),
                    entry.indexTime()));
  }

  private String traits(JournalEntry entry, Instant now) {
    Map<String, String> traits = new TreeMap<>();
    ward(entry, now).ifPresent(ward -> traits.put("ward", ward));
    traits.put("hook", entry.call().hook());
    Caller caller = entry.call().caller();
    CallerIdentity identity = caller.identity();
    if (identity != null) {
      traits.put("ehr", identity.client());
    }
    String user = caller.user();
    if (user != null && users.isOurs(caller.fhirServer())) {
      put(traits, "role", users.of(caller.fhirServer(), user));
      put(traits, "site", users.sitesOf(user));
    }
    try {
      String text = JSON.writeValueAsString(traits);
      return text.length() > LONGEST_TRAITS ? "{}" : text;
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Traits cannot be written", e);
    }
  }

  /** Whoever has several roles is a group of their own. */
  private static void put(Map<String, String> traits, String way, Set<String> groups) {
    if (!groups.isEmpty()) {
      traits.put(way, String.join(" ", new TreeSet<>(groups)));
    }
  }

  /** What was written of traits. */
  static Map<String, String> read(String traits) {
    try {
      return JSON.readValue(traits, new TypeReference<Map<String, String>>() {});
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Traits cannot be read", e);
    }
  }
}
